package research

// The report and its recommendations, in its own words, as the page that this began with has them. They are English wherever they
// are shown; plain words beside them are messages.
const (
	reportKey   = "release-2017-18"
	reportTitle = "Finding a Needle in a Haystack: Take-Home Naloxone in England 2017/18"
	reportAbout = "Release surveyed each of the 152 local authority areas in England, as local authorities are responsible for commissioning drug services, " +
		"which give out take-home naloxone. The report includes findings on the availability of take-home naloxone across local authority areas, the scale of " +
		"take-home naloxone supply in community settings, and coverage among people who use opiates and opiate clients in drug treatment."
)

// Recommendations are the six, in order.
var Recommendations = [6]string{
	"Take-home naloxone should be provided in every local authority in England.",
	"Local authorities should be giving out at least one take-home naloxone kit for every person using opiates in their area.",
	"Local authorities should make take-home naloxone available to any person requesting it, particularly to groups that are at risk of having an " +
		"opiate-related overdose or are likely to witness someone having an opiate-related overdose.",
	"Local authorities should remove any unnecessary requirements to receive take-home naloxone, particularly requirements to engage with services " +
		"providing take-home naloxone.",
	"Local authorities should monitor take-home naloxone provision in their area, including by recording the number of naloxone kits purchased and " +
		"dispensed, and by monitoring expiry dates of naloxone for recalls and reissues.",
	"Support and guidance for local authorities on the local provision of naloxone should be provided nationally in England as a matter of urgency to " +
		"assist in co-ordination and monitoring of provision and gaps.",
}
