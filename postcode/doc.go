// Package postcode knows where a postcode is and which authority it lies in, from a table that whoever runs the program
// imports: the ONS Postcode Directory (or its sister, the National Statistics Postcode Lookup) or Code-Point Open. Nothing
// is built in: without a table every look-up is fault.Unavailable, and pages ask for the authority instead.
//
// # What it promises
//
//   - What somebody types is in no error, no log and no address. Only the tables themselves hold postcodes, all of them.
//   - A postcode is read in every sloppy form that can mean one only: any case, spaces or hyphens anywhere, O for 0 and I
//     for 1 where no letter can stand. What could be two is taken as it was typed.
//   - An import replaces the whole table in one transaction, or changes nothing. Its memory does not grow with the file.
//   - A look-up reads one row by its key, and the names of the areas it lies in. Which authority that means is asked of the
//     registry at that moment: a county where there are two tiers, a health board in Scotland and Wales, the successor of
//     what has ended.
//   - The first half alone is good for a rough place: the middle of its postcodes. Its authority is told only where all of
//     them lie in one.
//
// Postcodes that are no longer in use, and those without a grid reference, are counted and left out.
//
// # Where to start reading
//
// Parse in code.go, Find in find.go, Import in import.go; grid.go turns the National Grid into latitude and longitude.
package postcode
