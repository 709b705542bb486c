package web_test

import (
	"net/url"
	"strconv"
	"strings"

	"everykit/web/webtest"
)

// rightsOfBulletins goes on with rights: bulletins, and the reports that outlets and authorities get.
const rightsOfBulletins = `
                                             public  worker coord  nation analyst admin device acting
GET /bulletins                               yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/feed.atom                     yes     yes    yes    yes    yes     yes   yes    yes
POST /bulletins/subscribe                    yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/subscribe/sent                yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/subscribed/{token}            yes     yes    yes    yes    yes     yes   yes    yes
POST /bulletins/subscribed/{token}           yes     yes    yes    yes    yes     yes   yes    yes
POST /bulletins/subscribed/{token}/confirm   yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/subscribed/{token}/leave      yes     yes    yes    yes    yes     yes   yes    yes
POST /bulletins/subscribed/{token}/leave     yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/{slug}                        yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/{slug}/{part}                 yes     yes    yes    yes    yes     yes   yes    yes
GET /bulletins/{slug}/{edition}/{file}       yes     yes    yes    yes    yes     yes   yes    yes
GET /early/{token}                           yes     yes    yes    yes    yes     yes   yes    yes
GET /nation/bulletins                        in      no     no     yes    yes     yes   name   no
GET /nation/{nation}/bulletins               in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins              in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/correct      in      no     no     nation nation  any   name   no
GET /nation/{nation}/bulletins/{id}          in      no     no     nation nation  any   name   no
GET /nation/{nation}/bulletins/{id}/preview  in      no     no     nation nation  any   name   no
GET /nation/{nation}/bulletins/{id}/files/{name} in  no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/note    in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/title   in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/arrange in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/invite  in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/waive   in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/refreeze in     no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/sign    in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/unsign  in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/publish in      no     no     nation nation  any   name   no
POST /nation/{nation}/bulletins/{id}/drop    in      no     no     nation nation  any   name   no
GET /areas/{area}/bulletins                  in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins                 in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/correct         in      no     area   nation nation  any   name   no
GET /areas/{area}/bulletins/{id}             in      no     area   nation nation  any   name   no
GET /areas/{area}/bulletins/{id}/preview     in      no     area   nation nation  any   name   no
GET /areas/{area}/bulletins/{id}/files/{name} in     no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/note       in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/title      in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/arrange    in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/invite     in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/waive      in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/refreeze   in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/sign       in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/unsign     in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/publish    in      no     area   nation nation  any   name   no
POST /areas/{area}/bulletins/{id}/drop       in      no     area   nation nation  any   name   no
GET /outlets/{outlet}/report                 in      own    area   nation no      any   own    own
GET /outlets/{outlet}/report/{period}        in      own    area   nation no      any   own    own
GET /areas/{area}/report                     in      no     area   nation nation  any   name   no
GET /areas/{area}/report/{period}            in      no     area   nation nation  any   name   no
`

// bulletinAt fills in the address of a bulletin: of the nation, or of Home's authority. What is done with one that is signed is
// asked of that one.
func bulletinAt(w *webtest.World, path string) string {
	e := w.Editions()
	id := e.Draft
	signed := strings.HasSuffix(path, "/unsign") || strings.HasSuffix(path, "/publish")
	switch local := strings.HasPrefix(path, "/areas/"); {
	case local && signed:
		id = e.LocalSigned
	case local:
		id = e.LocalDraft
	case signed:
		id = e.Signed
	}
	return strings.NewReplacer(
		"/bulletins/subscribed/{token}", e.Link, "/early/{token}", e.Early, "{id}", strconv.Itoa(id), "{name}", "bulletin.json",
		"{slug}", e.Slug, "{part}", "1", "{edition}", "2", "{file}", "bulletin.json",
	).Replace(path)
}

// sentTo is what a form must hold to be asked whether somebody may send it: a correction names a
// bulletin, and who confirms what is said of an outlet names it.
func sentTo(w *webtest.World, pattern string) url.Values {
	switch pattern {
	case "POST /nation/{nation}/bulletins/correct":
		return url.Values{"slug": {w.Editions().Slug}}
	case "POST /areas/{area}/bulletins/correct":
		return url.Values{"slug": {w.Editions().LocalSlug}}
	case "POST /areas/{area}/confirmed":
		return url.Values{"outlet": {strconv.Itoa(w.Home.ID)}}
	}
	return url.Values{}
}
