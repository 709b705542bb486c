// Package stat is rates and intervals: numbers in, numbers out. It knows nothing of kits, areas or SQL.
//
// The methods are those of English public health indicators (Public Health England, Technical guide: confidence
// intervals; Association of Public Health Observatories, Technical briefing 3): exact Poisson limits for counts below 10,
// Byar's approximation from 10 on, Wilson's score for proportions, and funnel limits around an average.
//
// What it promises: nothing is ever divided by nought and nothing comes back as NaN or infinite; where a figure does not
// exist the second result is false. Start reading at Count.
package stat
