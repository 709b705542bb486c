package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/registry"
	"everykit/web"
	"everykit/web/webtest"
)

// rights says for each address who may use it and where, apart from the declarations that the program runs on. The
// columns are webtest.Everybody: the public, worker, coordinator, national, analyst, administrator, a counter device on
// which nobody acts, and one on which a worker does.
//
//	own, area, nation, any   at their outlet, authority, nation, anywhere: elsewhere they are told that they may not
//	yes                      everywhere
//	no                       never
//	in                       is asked to sign in
//	name                     a counter device: is asked who is there
//	on                       is led on to another page of the site
//	form                     is shown the form again: an empty password is none
//	hidden                   is told that there is nothing at that address
const rights = `
                                             public  worker coord  nation analyst admin device acting
GET /{$}                                     yes     yes    yes    yes    yes     yes   yes    yes
GET /definitions                             yes     yes    yes    yes    yes     yes   yes    yes
GET /accessibility                           yes     yes    yes    yes    yes     yes   yes    yes
GET /privacy                                 yes     yes    yes    yes    yes     yes   yes    yes
GET /cookies                                 yes     yes    yes    yes    yes     yes   yes    yes
GET /check                                   yes     yes    yes    yes    yes     yes   yes    yes
POST /check                                  yes     yes    yes    yes    yes     yes   yes    yes
POST /check/scan                             yes     yes    yes    yes    yes     yes   yes    yes
GET /check.ics                               yes     yes    yes    yes    yes     yes   yes    yes
GET /01/{gtin}                               yes     yes    yes    yes    yes     yes   yes    yes
GET /01/{gtin}/10/{lot}                      yes     yes    yes    yes    yes     yes   yes    yes
GET /check/remind                            yes     yes    yes    yes    yes     yes   yes    yes
POST /check/remind                           yes     yes    yes    yes    yes     yes   yes    yes
GET /check/remind/sent                       yes     yes    yes    yes    yes     yes   yes    yes
GET /reminders/{token}                       yes     yes    yes    yes    yes     yes   yes    yes
GET /reminders/{token}/delete                yes     yes    yes    yes    yes     yes   yes    yes
POST /reminders/{token}/confirm              yes     yes    yes    yes    yes     yes   yes    yes
POST /reminders/{token}/delete               yes     yes    yes    yes    yes     yes   yes    yes
GET /wording                                 in      no     no     no     no      yes   name   no
POST /wording                                in      no     no     no     no      yes   name   no
GET /sign-in                                 yes     on     on     on     on      on    on     on
POST /sign-in                                form    form   form   form   form    form  form   form
POST /sign-out                               on      on     on     on     on      on    name   name
GET /account                                 in      yes    yes    yes    yes     yes   name   name
GET /password                                in      yes    yes    yes    yes     yes   name   name
POST /password                               in      yes    yes    yes    yes     yes   no     no
GET /pin                                     in      yes    no     no     no      no    name   name
POST /pin                                    in      yes    yes    yes    yes     yes   no     no
GET /sessions                                in      yes    yes    yes    yes     yes   name   name
POST /sessions/revoke                        in      hidden hidden hidden hidden  hidden no     no
GET /counter                                 in      on     on     on     on      on    yes    yes
POST /counter                                in      on     on     on     on      on    yes    yes
POST /counter/stop                           in      on     on     on     on      on    name   name
POST /counter/end                            in      on     on     on     on      on    on     on
GET /outlets                                 in      yes    yes    yes    no      yes   yes    yes
GET /outlets.csv                             in      yes    yes    yes    no      yes   yes    yes
GET /outlets/{outlet}/counter                in      own    area   no     no      any   name   onown
POST /outlets/{outlet}/counter               in      own    area   no     no      any   name   no
POST /outlets/{outlet}/counter/close         in      own    area   no     no      any   name   no
GET /accounts                                in      no     yes    no     no      yes   no     no
GET /accounts.csv                            in      no     yes    no     no      yes   no     no
POST /accounts/find                          in      no     yes    no     no      yes   no     no
GET /accounts/new                            in      no     yes    no     no      yes   no     no
POST /accounts/new                           in      no     yes    no     no      yes   no     no
GET /accounts/{account}                      in      no     area   no     no      any   no     no
GET /accounts/{account}/change               in      no     area   no     no      any   no     no
POST /accounts/{account}/change              in      no     area   no     no      any   no     no
POST /accounts/{account}/password            in      no     area   no     no      any   no     no
POST /accounts/{account}/pin                 in      no     area   no     no      any   no     no
POST /accounts/{account}/sign-out            in      no     area   no     no      any   no     no
POST /accounts/{account}/close               in      no     area   no     no      any   no     no
POST /accounts/{account}/open                in      no     area   no     no      any   no     no
GET /outlets/{outlet}                        in      own    area   nation no      any   own    own
GET /outlets/{outlet}/shelf.csv              in      own    area   nation no      any   own    own
GET /outlets/{outlet}/entries.csv            in      own    area   nation no      any   name   own
GET /outlets/{outlet}/deliveries.csv         in      own    area   nation no      any   own    own
GET /outlets/{outlet}/entries/{entry}        in      own    area   nation no      any   name   own
GET /outlets/{outlet}/card                   in      own    area   nation no      any   name   own
GET /outlets/{outlet}/card.csv               in      own    area   nation no      any   name   own
GET /outlets/{outlet}/give-out               in      own    area   no     no      any   name   own
POST /outlets/{outlet}/give-out              in      own    area   no     no      any   name   own
POST /outlets/{outlet}/scan                  in      own    area   no     no      any   name   own
GET /outlets/{outlet}/receive                in      own    area   no     no      any   name   own
POST /outlets/{outlet}/receive               in      own    area   no     no      any   name   own
GET /outlets/{outlet}/send                   in      own    area   no     no      any   name   own
POST /outlets/{outlet}/send                  in      own    area   no     no      any   name   own
GET /outlets/{outlet}/arrive/{area}/{transfer}  in   own    area   no     no      any   name   own
POST /outlets/{outlet}/arrive/{area}/{transfer} in   own    area   no     no      any   name   own
GET /outlets/{outlet}/used                   in      own    area   no     no      any   name   own
POST /outlets/{outlet}/used                  in      own    area   no     no      any   name   own
GET /outlets/{outlet}/handed-back            in      own    area   no     no      any   name   own
POST /outlets/{outlet}/handed-back           in      own    area   no     no      any   name   own
GET /outlets/{outlet}/write-off              in      own    area   no     no      any   name   own
POST /outlets/{outlet}/write-off             in      own    area   no     no      any   name   own
GET /outlets/{outlet}/turned-away            in      own    area   no     no      any   name   own
POST /outlets/{outlet}/turned-away           in      own    area   no     no      any   name   own
GET /outlets/{outlet}/entries/{entry}/reverse   in   own    area   no     no      any   name   own
POST /outlets/{outlet}/entries/{entry}/reverse  in   own    area   no     no      any   name   own
POST /outlets/{outlet}/nil-month             in      own    area   no     no      any   name   own
GET /outlets/{outlet}/day-sheet              in      own    area   no     no      any   name   own
POST /outlets/{outlet}/day-sheet             in      own    area   no     no      any   name   own
GET /outlets/{outlet}/day-sheet/print        in      own    area   no     no      any   name   own
GET /outlets/{outlet}/count                  in      own    area   no     no      any   name   own
POST /outlets/{outlet}/count/expired         in      own    area   no     no      any   name   own
GET /outlets/{outlet}/count/{count}          in      own    area   no     no      any   name   own
POST /outlets/{outlet}/count/{count}         in      own    area   no     no      any   name   own
GET /outlets/{outlet}/count/{count}/sign     in      own    area   no     no      any   name   own
POST /outlets/{outlet}/count/{count}/sign    in      own    area   no     no      any   name   own
GET /outlets/{outlet}/count/{count}/lines.csv   in   own    area   no     no      any   name   own
POST /scan                                   yes     yes    yes    yes    yes     yes   yes    yes
GET /scan/product                            in      no     no     no     no      yes   name   no
POST /scan/product                           in      no     no     no     no      yes   name   no
GET /lots                                    in      yes    yes    yes    yes     yes   yes    yes
GET /lots/{lot}                              in      yes    yes    yes    yes     yes   yes    yes
GET /lots/{lot}/trace.csv                    in      yes    yes    yes    yes     yes   yes    yes
GET /lots/{lot}/weeks.csv                    in      yes    yes    yes    yes     yes   yes    yes
GET /lots/{lot}/deliveries.csv               in      yes    yes    yes    yes     yes   yes    yes
GET /lots/{lot}/outlets/{outlet}             in      own    area   nation no      any   name   own
GET /lots/{lot}/outlets/{outlet}/entries.csv in      own    area   nation no      any   name   own
GET /lots/{lot}/join                         in      no     no     no     no      yes   name   no
POST /lots/{lot}/join                        in      no     no     no     no      yes   name   no
POST /lots/{lot}/part                        in      no     no     no     no      yes   name   no
GET /lots/{lot}/labels                       in      yes    yes    yes    yes     yes   yes    yes
GET /lots/{lot}/labels/print                 in      yes    yes    yes    yes     yes   yes    yes
GET /outlets/{outlet}/expiry                 in      own    area   nation no      any   own    own
GET /outlets/{outlet}/expiry.csv             in      own    area   nation no      any   own    own
GET /outlets/{outlet}/reissue                in      own    area   nation no      any   own    own
GET /outlets/{outlet}/reissue.csv            in      own    area   nation no      any   own    own
GET /outlets/{outlet}/reissue/poster         in      own    area   nation no      any   own    own
GET /outlets/{outlet}/move                   in      own    area   no     no      any   name   own
POST /outlets/{outlet}/move                  in      own    area   no     no      any   name   own
GET /areas/{area}/expiry                     in      no     area   nation nation  any   name   no
GET /areas/{area}/expiry.csv                 in      no     area   nation nation  any   name   no
GET /areas/{area}/reissue                    in      no     area   nation nation  any   name   no
GET /areas/{area}/reissue.csv                in      no     area   nation nation  any   name   no
GET /areas/{area}/reissue/poster             in      no     area   nation nation  any   name   no
GET /nation/expiry                           in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/expiry                  in      no     no     nation nation  any   name   no
GET /nation/{nation}/expiry.csv              in      no     no     nation nation  any   name   no
GET /digest/off/{token}                      yes     yes    yes    yes    yes     yes   yes    yes
POST /digest/off/{token}                     hidden  hidden hidden hidden hidden  hidden hidden hidden
POST /account/digest                         in      yes    yes    yes    yes     yes   no     no
GET /areas/{area}                            in      no     area   nation nation  any   name   no
GET /areas/{area}/figures.csv                in      no     area   nation nation  any   name   no
GET /areas/{area}/months                     in      no     area   nation nation  any   name   no
GET /areas/{area}/months.csv                 in      no     area   nation nation  any   name   no
GET /areas/{area}/outlets.csv                in      no     area   nation nation  any   name   no
GET /areas/{area}/in-and-out.csv             in      no     area   nation nation  any   name   no
GET /areas/{area}/by-month.csv               in      no     area   nation nation  any   name   no
GET /areas/{area}/channels.csv               in      no     area   nation nation  any   name   no
GET /areas/{area}/expiring.csv               in      no     area   nation nation  any   name   no
GET /areas/{area}/turned-away.csv            in      no     area   nation nation  any   name   no
GET /areas/{area}/requirements.csv           in      no     area   nation nation  any   name   no
GET /areas/{area}/supplies.csv               in      no     area   nation nation  any   name   no
GET /areas/{area}/requirements-by-outlet.csv in      no     area   nation nation  any   name   no
GET /areas/{area}/before.csv                 in      no     area   nation nation  any   name   no
GET /notices                                 in      yes    yes    yes    yes     yes   name   yes
GET /notices/new                             in      no     no     yes    no      yes   name   no
POST /notices/new                            in      no     no     yes    no      yes   name   no
GET /notices/{notice}                        in      on     yes    yes    yes     yes   name   on
GET /notices/{notice}/edit                   in      no     no     yes    no      yes   name   no
POST /notices/{notice}/edit                  in      no     no     yes    no      yes   name   no
GET /notices/{notice}/publish                in      no     no     yes    no      yes   name   no
POST /notices/{notice}/publish               in      no     no     yes    no      yes   name   no
GET /notices/{notice}/close                  in      no     no     yes    no      yes   name   no
POST /notices/{notice}/close                 in      no     no     yes    no      yes   name   no
POST /notices/{notice}/drop                  in      no     no     yes    no      yes   name   no
POST /notices/{notice}/drill                 in      no     no     yes    no      yes   name   no
GET /notices/{notice}/effect.csv             in      no     yes    yes    yes     yes   name   no
GET /notices/{notice}/outlets.csv            in      no     yes    yes    yes     yes   name   no
POST /notices/{notice}/again                 in      no     hidden hidden no      hidden name  no
GET /notices/{notice}/letter                 in      yes    yes    yes    yes     yes   name   yes
GET /notices/{notice}/outlets/{outlet}       in      own    area   nation nation  any   name   own
GET /notices/{notice}/outlets/{outlet}/letter   in   own    area   nation nation  any   name   own
POST /notices/{notice}/outlets/{outlet}/seen    in   own    area   no     no      any   name   own
POST /notices/{notice}/outlets/{outlet}/answer  in   own    area   no     no      any   name   own
POST /notices/{notice}/outlets/{outlet}/release in   no     area   no     no      any   name   no
GET /areas/{area}/contacts                   in      no     area   no     no      any   name   no
POST /areas/{area}/contacts                  in      no     area   no     no      any   name   no
GET /n/{token}                               yes     yes    yes    yes    yes     yes   yes    yes
POST /n/{token}                              yes     yes    yes    yes    yes     yes   yes    yes
GET /nation                                  in      no     no     yes    yes     yes   name   no
GET /nation/{nation}                         in      no     no     nation nation  any   name   no
GET /nation/{nation}/figures.csv             in      no     no     nation nation  any   name   no
GET /survey                                  in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/survey                  in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/new              in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/new             in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/compare          in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}          in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}/edit     in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/edit    in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/questions in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/questions in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/respondents in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/respondents in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/letter   in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/letter  in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/send     in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/send    in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/remind   in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/remind  in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/close    in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/close   in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/publish  in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/publish in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/print    in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}/answers.csv in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}/findings in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}/findings.pdf in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}/respondents/{number} in      no     no     nation nation  any   name   no
POST /nation/{nation}/survey/{round}/respondents/{number} in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/respondents/{number}/answer in      no     no     nation no      any   name   no
POST /nation/{nation}/survey/{round}/respondents/{number}/answer in      no     no     nation no      any   name   no
GET /nation/{nation}/survey/{round}/respondents/{number}/letter in      no     no     nation nation  any   name   no
GET /nation/{nation}/survey/{round}/respondents/{number}/print in      no     no     nation nation  any   name   no
GET /areas/{area}/survey                     in      no     area   nation nation  any   name   no
GET /areas/{area}/survey/{round}             in      no     area   nation nation  any   name   no
GET /s/{token}                               yes     yes    yes    yes    yes     yes   yes    yes
POST /s/{token}                              yes     yes    yes    yes    yes     yes   yes    yes
GET /s/{token}/sent                          yes     yes    yes    yes    yes     yes   yes    yes
GET /s/{token}/print                         yes     yes    yes    yes    yes     yes   yes    yes
POST /s/{token}/acknowledge                  yes     yes    yes    yes    yes     yes   yes    yes
POST /s/{token}/explain                      yes     yes    yes    yes    yes     yes   yes    yes
GET /findings                                yes     yes    yes    yes    yes     yes   yes    yes
GET /findings/{round}                        yes     yes    yes    yes    yes     yes   yes    yes
GET /areas/{area}/scorecard                  in      no     area   nation nation  any   name   no
GET /areas/{area}/scorecard.csv              in      no     area   nation nation  any   name   no
GET /nation/scorecard                        in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/scorecard               in      no     no     nation nation  any   name   no
GET /nation/{nation}/scorecard.csv           in      no     no     nation nation  any   name   no
GET /nation/gaps                             in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/gaps                    in      no     no     nation nation  any   name   no
GET /nation/{nation}/gaps.csv                in      no     no     nation nation  any   name   no
GET /nation/plan                             in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/plan                    in      no     no     nation nation  any   name   no
GET /nation/{nation}/plan.csv                in      no     no     nation nation  any   name   no
GET /nation/support                          in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/support                 in      no     no     nation nation  any   name   no
GET /nation/{nation}/support.csv             in      no     no     nation nation  any   name   no
GET /areas/{area}/support                    in      no     area   nation nation  any   name   no
POST /areas/{area}/support                   in      no     area   nation no      any   name   no
GET /areas/{area}/support/{action}           in      no     area   nation nation  any   name   no
POST /areas/{area}/support/{action}          in      no     area   nation no      any   name   no
GET /areas/{area}/support/{action}/spare     in      no     no     nation no      any   name   no
POST /areas/{area}/support/{action}/spare    in      no     no     nation no      any   name   no
GET /areas/{area}/give/{action}              in      no     area   no     no      any   name   no
POST /areas/{area}/give/{action}             in      no     area   no     no      any   name   no
GET /guidance                                yes     yes    yes    yes    yes     yes   yes    yes
GET /guidance/{key}                          yes     yes    yes    yes    yes     yes   yes    yes
GET /nation/{nation}/guidance/new            in      no     no     nation no      any   name   no
POST /nation/{nation}/guidance/new           in      no     no     nation no      any   name   no
GET /nation/{nation}/guidance/{key}/edit     in      no     no     nation no      any   name   no
POST /nation/{nation}/guidance/{key}/edit    in      no     no     nation no      any   name   no
GET /data                                    yes     yes    yes    yes    yes     yes   yes    yes
GET /data/datapackage.json                   yes     yes    yes    yes    yes     yes   yes    yes
GET /data/{table}                            yes     yes    yes    yes    yes     yes   yes    yes
GET /import                                  in      no     no     no     no      yes   name   no
POST /import                                 in      no     no     no     no      yes   name   no
GET /import/template/{kind}                  in      no     no     no     no      yes   name   no
GET /import/files/{file}/faults.csv          in      no     no     no     no      hidden name  no
POST /import/files/{file}/take               in      no     no     no     no      hidden name  no
GET /import/files/{file}/done                in      no     no     no     no      hidden name  no
GET /areas/{area}/import                     in      no     area   no     no      any   name   no
POST /areas/{area}/import                    in      no     area   no     no      any   name   no
GET /areas/{area}/import/template/{kind}     in      no     area   no     no      any   name   no
GET /areas/{area}/import/files/{file}/faults.csv in  no     area   no     no      any   name   no
POST /areas/{area}/import/files/{file}/take  in      no     area   no     no      any   name   no
GET /areas/{area}/import/files/{file}/done   in      no     area   no     no      any   name   no
GET /areas/{area}/export/{file}              in      no     area   nation no      any   name   no
`

// rightsTable reads the text above, and those that go on with it: by pattern, what each of webtest.Everybody may do.
func rightsTable(t *testing.T) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	var lines []string
	for _, part := range []string{rights, rightsOfBulletins, rightsOfThePublic} {
		lines = append(lines, strings.Split(strings.TrimSpace(part), "\n")[1:]...)
	}
	for _, line := range lines {
		words := strings.Fields(line)
		if len(words) != 2+len(webtest.Everybody) {
			t.Fatalf("this row has %d words: %s", len(words), line)
		}
		pattern := words[0] + " " + words[1]
		if rows[pattern] != nil {
			t.Fatalf("two rows for %s", pattern)
		}
		rows[pattern] = words[2:]
	}
	return rows
}

// somewhere is one of the places of the world, as seen from the worker's outlet.
type somewhere struct {
	name   string
	outlet *registry.Outlet
	within []string // the reaches that take it in
}

func places(w *webtest.World) []somewhere {
	return []somewhere{
		{"home", w.Home, []string{"own", "area", "nation", "any"}},
		{"sister", w.Sister, []string{"area", "nation", "any"}},
		{"across", w.Across, []string{"nation", "any"}},
		{"abroad", w.Abroad, []string{"any"}},
	}
}

// address fills in a pattern for a place. What has an address only at Home keeps it elsewhere, where it must not be found.
func address(w *webtest.World, pattern string, at somewhere) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	switch {
	case strings.Contains(path, "/bulletins"), strings.HasPrefix(path, "/early/"):
		path = bulletinAt(w, path)
	case strings.Contains(path, "/research"):
		path = researchAt(w, path)
	case strings.Contains(path, "{request}"):
		path = requestAt(w, path)
	}
	area := w.Area(at.outlet).Code
	if strings.Contains(path, "{transfer}") {
		path = strings.Replace(path, "{area}", w.Area(w.Sister).Code, 1)
	}
	if strings.Contains(path, "{account}") {
		email := "w" + strconv.Itoa(extra) + "@example.org"
		extra++
		path = strings.Replace(path, "{account}", strconv.Itoa(w.WorkerAt(at.outlet, email)), 1)
	}
	id := w.Notice
	if strings.HasSuffix(path, "/edit") || strings.HasSuffix(path, "/publish") || strings.HasSuffix(path, "/drop") {
		id = w.Draft
	}
	action := w.Ask
	if strings.Contains(path, "/give/") {
		action = w.Wanted
	}
	return method, strings.NewReplacer(
		"{notice}", strconv.Itoa(id), "/n/{token}", w.Link, "/s/{token}", w.AnswerLink,
		"{round}", roundFor(w, path), "{number}", strconv.Itoa(w.Respondent), "{action}", strconv.Itoa(action), "{key}", "starting-provision", "{table}", "figures-coverage",
		"{outlet}", strconv.Itoa(at.outlet.ID), "{area}", area, "{nation}", w.Nation(at.outlet).Code, "{entry}", w.Entry,
		"{transfer}", w.Delivery, "{count}", w.Count, "{gtin}", "5026468663361", "{lot}", strconv.Itoa(w.Lot), "{period}", "2026-27-q2", "{token}", "nothing", "{kind}", "supplies", "{file}", exported(path),
	).Replace(path)
}

// roundFor is the round of the survey that has something at a path: before it is sent it is written, and once it has closed
// there is something to read.
func roundFor(w *webtest.World, path string) string {
	_, at, _ := strings.Cut(path, "{round}")
	switch {
	case slices.Contains([]string{"/edit", "/questions", "/respondents", "/letter", "/send"}, at):
		return w.NextRound
	case at == "/publish":
		return w.ClosedRound
	case strings.Contains(path, "/findings"), at == "/respondents/{number}/letter":
		return w.PastRound
	}
	return w.OpenRound
}

// extra numbers the accounts made to be looked at, so that each is new.
var extra int

func exported(path string) string {
	if strings.Contains(path, "/export/") {
		return "supplies.csv"
	}
	return "0123456789abcdef"
}

func hasPlace(pattern string) bool {
	for _, p := range []string{"{outlet}", "{area}", "{nation}", "{account}"} {
		if strings.Contains(pattern, p) {
			return true
		}
	}
	return false
}

// TestRights asks for every address as everybody, at their own and at others' places.
func TestRights(t *testing.T) {
	w := whole(t)
	table := rightsTable(t)
	for _, route := range web.Routes() {
		row := table[route.Pattern]
		if row == nil {
			t.Errorf("%s has no row: say who may use it", route.Pattern)
			continue
		}
		delete(table, route.Pattern)
		for i, who := range webtest.Everybody {
			for _, at := range places(w) {
				if at.name != "home" && !hasPlace(route.Pattern) {
					continue
				}
				method, path := address(w, route.Pattern, at)
				got := w.As(who).Do(method, path, sentTo(w, route.Pattern), "Content-Type", "application/x-www-form-urlencoded")
				if wrong := judge(asked{route.Pattern, row[i], who, at}, got); wrong != "" {
					t.Errorf("%s as %s at %s (%s): %s", route.Pattern, who, at.name, row[i], wrong)
				}
			}
		}
	}
	for pattern := range table {
		t.Errorf("%s has a row and is no address", pattern)
	}
}

// asked is one request of the test.
type asked struct {
	pattern, reach, who string
	at                  somewhere
}

// judge says what is wrong with an answer, or nothing.
func judge(a asked, got webtest.Answer) string {
	said := strconv.Itoa(got.Status) + " " + got.To
	if got.Status >= http.StatusInternalServerError {
		return said
	}
	to, _, _ := strings.Cut(got.To, "?")
	led := got.Status == http.StatusSeeOther && strings.HasPrefix(to, "/")
	refused := got.Status == http.StatusForbidden || got.Status == http.StatusNotFound
	ok := false
	switch {
	case a.reach == "in":
		ok = led && to == "/sign-in"
	case a.reach == "name":
		ok = led && to == "/counter"
	case a.reach == "on":
		ok = led && to != "/counter"
	case a.reach == "onown": // at their own outlet they are led on, elsewhere refused
		ok = (a.at.name == "home" && led) || (a.at.name != "home" && refused)
	case a.reach == "form":
		ok = !led && strings.Contains(got.Body, "<form method=\"post\" action=\"/sign-in\"")
	case a.reach == "hidden":
		ok = got.Status == http.StatusNotFound
	case a.reach != "yes" && !slices.Contains(a.at.within, a.reach):
		ok = refused
	default:
		// Another's shelf has no entry of ours: not found is right there, and only there.
		elsewhere := a.at.name != "home" || strings.Contains(a.pattern, "/import/files/")
		sent := led && (to == "/sign-in" || (to == "/counter" && (a.who == webtest.Device || a.who == webtest.Acting)))
		ok = got.Status != http.StatusForbidden && (got.Status != http.StatusNotFound || elsewhere) && (!sent || a.reach == "yes")
	}
	if ok {
		return ""
	}
	return said
}

// TestNothingIsToldOfOthers asks for places that are not there: the answer is the one for a place that is another's.
func TestNothingIsToldOfOthers(t *testing.T) {
	w := whole(t)
	worker, coordinator := w.As(webtest.Worker), w.As(webtest.Coordinator)
	message := func(a webtest.Answer) string {
		_, text, _ := strings.Cut(a.Body, "<main")
		text, _, _ = strings.Cut(text, "Error number")
		return strconv.Itoa(a.Status) + text
	}
	for _, pair := range [][2]string{
		{"/outlets/" + strconv.Itoa(w.Sister.ID), "/outlets/99999"},
		{"/outlets/" + strconv.Itoa(w.Abroad.ID) + "/give-out", "/outlets/none/give-out"},
	} {
		if there, not := message(worker.Get(pair[0])), message(worker.Get(pair[1])); there != not || !strings.HasPrefix(not, "403") {
			t.Errorf("%s and %s are told apart:\n%s\n%s", pair[0], pair[1], there, not)
		}
	}
	for _, pair := range [][2]string{
		{"/areas/" + w.Area(w.Across).Code, "/areas/E99999999"},
		{"/accounts/" + strconv.Itoa(w.Account(webtest.Administrator)), "/accounts/99999"},
		{"/nation/" + w.Nation(w.Home).Code + "/bulletins/" + strconv.Itoa(w.Editions().Draft), "/nation/" + w.Nation(w.Home).Code + "/bulletins/99999"},
		{"/areas/" + w.Area(w.Home).Code + "/bulletins/" + strconv.Itoa(w.Editions().Draft), "/areas/" + w.Area(w.Home).Code + "/bulletins/99999"},
		{"/bulletins/" + w.Editions().HiddenAs, "/bulletins/2031-32-q1"},
	} {
		if there, not := message(coordinator.Get(pair[0])), message(coordinator.Get(pair[1])); there != not || strings.HasPrefix(not, "200") {
			t.Errorf("%s and %s are told apart:\n%s\n%s", pair[0], pair[1], there, not)
		}
	}
}
