package registry

// Channel is the way a kit goes out, as national bulletins split it. The ledger keeps it with each supply; the outlet's
// is where a form begins. 0 is not known.
type Channel uint8

// The channels. Their numbers are in the database and never change.
const (
	Community Channel = iota + 1
	Prison
	CommunityPrescription
	Ambulance
	Post
	Peer
	OtherChannel
)

var channels = words[Channel]{
	what: "a channel",
	keys: []string{"", "community", "prison", "community_prescription", "ambulance", "post", "peer", "other"},
	said: []string{"", "Community", "Prison", "Community prescription", "Ambulance", "Post", "Peer network", "Other"},
	also: map[string]Channel{
		"community_outlet": Community, "community_outlets": Community, "community_setting": Community, "prisons": Prison,
		"prison_on_release": Prison, "on_release": Prison, "prescription": CommunityPrescription,
		"community_prescriptions": CommunityPrescription, "pharmacy_prescription": CommunityPrescription,
		"ambulance_service": Ambulance, "postal": Post, "by_post": Post, "mail": Post, "online": Post, "peers": Peer,
		"peer_network": Peer, "peer_to_peer": Peer,
	},
}

// ParseChannel reads a channel from a file or form; empty is 0.
func ParseChannel(s string) (Channel, error) { return channels.parse(s) }

// Channels lists them all.
func Channels() []Channel { return channels.all() }

// String is the key that files have: community_prescription.
func (c Channel) String() string { return channels.key(c) }

// Words is how a page writes it: Community prescription.
func (c Channel) Words() string { return channels.word(c) }
