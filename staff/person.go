package staff

import (
	"slices"
	"strings"

	"everykit/fault"
)

// Role says what kind of work a person does. The nought value may do nothing.
type Role uint8

// The roles. Their numbers are stored: never change one.
const (
	Nobody        Role = 0
	Worker        Role = 1 // of one or more outlets: gives out, receives, counts
	Coordinator   Role = 2 // of one authority: all its outlets, and the workers' accounts
	National      Role = 3 // of a nation: sees every authority beneath it, moves no kits
	Analyst       Role = 4 // of a nation: figures and tables, no single movements
	Administrator Role = 5 // accounts, registry, import; may do everything, and all of it is audited
)

// Roles are all roles that an account can have, in the order to show them.
var Roles = []Role{Worker, Coordinator, National, Analyst, Administrator}

var roleNames = [...]string{"nobody", "worker", "coordinator", "national", "analyst", "administrator"}

func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return roleNames[Nobody]
}

// ParseRole reads a role's name in any case; fault.Invalid if there is none such.
func ParseRole(s string) (Role, error) {
	name := strings.ToLower(strings.TrimSpace(s))
	for _, r := range Roles {
		if r.String() == name {
			return r, nil
		}
	}
	return Nobody, fault.New(fault.Invalid, "there is no role %q", s).At("role").
		Hint("write one of %s", strings.Join(roleNames[1:], ", "))
}

// Person is whoever makes a request: what the rooms need to know to allow, refuse and record it. Treat it as read-only:
// copies share Outlets.
type Person struct {
	ID      int // the account; 0 on a counter device on which nobody acts, and for Operator
	Name    string
	Email   string
	Role    Role
	Area    int    // Worker, Coordinator: the authority; National, Analyst: the nation; Administrator: 0
	Outlets []int  // of a Worker; on a counter device that outlet alone
	Counter int    // the outlet whose counter device this session is; 0 if it is a person's own session
	Session string // the session's id, see Session.ID; empty without one
}

// Operator is whoever runs commands on the machine itself. They hold the database file, so they may do everything; the
// audit log shows account 0.
func Operator() Person { return Person{Name: "operator", Role: Administrator} }

// SignedIn reports whether there is anybody, or a counter device, behind this value.
func (p Person) SignedIn() bool { return p.Role != Nobody }

// NeedsPIN reports whether this is a counter device on which nobody has said yet who they are.
func (p Person) NeedsPIN() bool { return p.Counter != 0 && p.ID == 0 }

// WorksAt reports whether the person is a worker of that outlet.
func (p Person) WorksAt(outlet int) bool {
	return p.Role == Worker && outlet != 0 && slices.Contains(p.Outlets, outlet)
}
