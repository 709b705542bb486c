package scorecard

// Rule is the threshold of one recommendation, in the versioned table shown on the page.
type Rule struct {
	Recommendation             int
	Title, Met, Partly, NotMet string
	From                       string // what it is read from, in order
}

// Version names the table of rules. It changes whenever a verdict could.
const Version = "scorecard/1"

// target is what recommendation 2 asks for: kits for each 100 people.
const target = 100

// Reach is how far the nearest open public outlet may be from the middle of an area, in kilometres as the crow flies.
const Reach = 20

var titles = [6]string{
	"Provide it in every local authority",
	"At least one kit for each person at risk",
	"To anyone who asks for one",
	"Without needless requirements",
	"Record kits bought and given out, and watch expiry",
	"National support to see and close the gaps",
}

// Rules is the table.
func Rules() []Rule {
	return []Rule{
		{
			1, titles[0],
			"Kits are provided: the authority says so, or more than 0 kits were given out in the year.",
			"Not provided, but planned.",
			"Not provided and no plan is known; or nobody has said, and it is known that no kit was given out.",
			"Kits given out in community settings: the ledger, else a return, else the answer “dispensed”. Then the answers “provides” and “plans”. Kits given out " +
				"count even where the answer is no.",
		},
		{
			2, titles[1],
			"100 or more kits for each 100 people in the year.",
			"More than 0 and fewer than 100.",
			"None, or kits are not provided at all.",
			"Coverage as measured: kits given out in community settings (the ledger, else a return) over the latest estimate of people who use opiates. Where neither " +
				"speaks, the answer “dispensed” over the same estimate. A ratio that was published without its parts is taken only where none can be computed, and the " +
				"evidence says so. Where there is no estimate of people who use opiates but one of people with problem drug use, " +
				"as in Scotland, that one, and the evidence says so. The answer is never added to the ledger or a return. A part of a year that came to 0 is not known.",
		},
		{
			3, titles[2],
			"Anyone who asks may have a kit; or every group that is asked about may.",
			"Some groups beside people in treatment may: family and friends, people not in treatment and others.",
			"Only people in treatment, or nobody.",
			"The answer “anyone”; where that is not given, or is no, the answer “recipients”. No to “anyone” is never met.",
		},
		{
			4, titles[3],
			"No public outlet asks for anything first, and that is known of each of them.",
			"Some public outlet asks for nothing.",
			"Every public outlet of which it is known asks for something; or kits are not provided at all.",
			"The registry of outlets as it is now: outlets that are open, public and not in prison. For a year that ended more than a year ago, and where nothing is known " +
				"of any such outlet, the answer “requires”, which speaks for all of them at once.",
		},
		{
			5, titles[4],
			"Kits bought are recorded, kits given out are recorded, and expiry is watched.",
			"One or two of these.",
			"None of them.",
			"The ledger, where it was in use in the year: receipts, supplies, and with receipts the expiry of each lot. For what it does not show, the answers " +
				"“records_purchased”, “records_dispensed” and “monitors_expiry”. What is known of recalls and reissues is told and does not decide.",
		},
		{
			6, titles[5],
			"Every gap of the authority has an action with an owner and a day; or it has no gap.",
			"Some have.",
			"There are gaps, and none has.",
			"The gaps as this program finds them, with 100 kits per 100 people as the target, and the actions that are open or were asked for since the year began. " +
				"Where no gap is found and lines 1 to 5 are all not known, this is not known either.",
		},
	}
}
