package web_test

import (
	"strings"

	"everykit/web/webtest"
)

// rightsOfThePublic goes on with rights: what the public reads and asks for, and those who keep and answer it.
const rightsOfThePublic = `
                                             public  worker coord  nation analyst admin device acting
GET /research                                yes     yes    yes    yes    yes     yes   yes    yes
GET /research/feed.atom                      yes     yes    yes    yes    yes     yes   yes    yes
GET /research/export.ris                     yes     yes    yes    yes    yes     yes   yes    yes
GET /research/export.bib                     yes     yes    yes    yes    yes     yes   yes    yes
GET /research/export.json                    yes     yes    yes    yes    yes     yes   yes    yes
GET /research/export.csv                     yes     yes    yes    yes    yes     yes   yes    yes
GET /research/suggest                        yes     yes    yes    yes    yes     yes   yes    yes
POST /research/suggest                       yes     yes    yes    yes    yes     yes   yes    yes
GET /research/suggested                      yes     yes    yes    yes    yes     yes   yes    yes
POST /research/suggested                     yes     yes    yes    yes    yes     yes   yes    yes
GET /research/{item}                         yes     yes    yes    yes    yes     yes   yes    yes
GET /research/{item}/{file}                  yes     yes    yes    yes    yes     yes   yes    yes
GET /report                                  yes     yes    yes    yes    yes     yes   yes    yes
GET /after                                   yes     yes    yes    yes    yes     yes   yes    yes
GET /request                                 yes     yes    yes    yes    yes     yes   yes    yes
POST /request                                yes     yes    yes    yes    yes     yes   yes    yes
GET /request/progress                        yes     yes    yes    yes    yes     yes   yes    yes
POST /request/progress                       yes     yes    yes    yes    yes     yes   yes    yes
GET /requests                                in      on     on     on     on      on    on     on
GET /areas/{area}/requests                   in      no     area   no     no      any   name   no
GET /areas/{area}/requests/{request}         in      no     area   no     no      any   name   no
POST /areas/{area}/requests/{request}        in      no     area   no     no      any   name   no
GET /areas/{area}/requests/{request}/label   in      no     area   no     no      any   name   no
GET /outlets/{outlet}/requests               in      own    area   no     no      any   name   own
GET /outlets/{outlet}/requests/{from}/{request} in   own    area   no     no      any   name   own
POST /outlets/{outlet}/requests/{from}/{request} in  own    area   no     no      any   name   own
GET /outlets/{outlet}/requests/{from}/{request}/label in own area  no     no      any   name   own
GET /areas/{area}/offer                      in      no     area   no     no      any   name   no
POST /areas/{area}/offer                     in      no     area   no     no      any   name   no
GET /find                                    yes     yes    yes    yes    yes     yes   yes    yes
POST /find                                   yes     yes    yes    yes    yes     yes   yes    yes
GET /find/{area}                             yes     yes    yes    yes    yes     yes   yes    yes
GET /find/outlet/{outlet}                    yes     yes    yes    yes    yes     yes   yes    yes
GET /find/outlet/{outlet}/wrong              yes     yes    yes    yes    yes     yes   yes    yes
POST /find/outlet/{outlet}/wrong             yes     yes    yes    yes    yes     yes   yes    yes
GET /find/outlet/{outlet}/thanks             yes     yes    yes    yes    yes     yes   yes    yes
GET /areas/{area}/wrong                      in      no     area   no     no      any   name   no
POST /areas/{area}/wrong                     in      no     area   no     no      any   name   no
POST /areas/{area}/confirmed                 in      no     area   no     no      any   name   no
GET /state                                   yes     yes    yes    yes    yes     yes   yes    yes
GET /state/{nation}                          yes     yes    yes    yes    yes     yes   yes    yes
GET /sitemap.xml                             yes     yes    yes    yes    yes     yes   yes    yes
GET /robots.txt                              yes     yes    yes    yes    yes     yes   yes    yes
GET /nation/research                         in      no     no     yes    no      yes   name   no
GET /nation/research/new                     in      no     no     yes    no      yes   name   no
POST /nation/research/new                    in      no     no     yes    no      yes   name   no
GET /nation/research/file                    in      no     no     yes    no      yes   name   no
POST /nation/research/file                   in      no     no     yes    no      yes   name   no
POST /nation/research/file/take              in      no     no     yes    no      yes   name   no
GET /nation/research/suggestions             in      no     no     yes    no      yes   name   no
GET /nation/research/suggestions/{reference} in      no     no     yes    no      yes   name   no
POST /nation/research/suggestions/{reference} in     no     no     yes    no      yes   name   no
GET /nation/research/items/{item}            in      no     no     yes    no      yes   name   no
POST /nation/research/items/{item}           in      no     no     yes    no      yes   name   no
POST /nation/research/items/{item}/state     in      no     no     yes    no      yes   name   no
POST /nation/research/items/{item}/highlight in      no     no     yes    no      yes   name   no
POST /nation/research/items/{item}/join      in      no     no     yes    no      yes   name   no
`

// anItem is research that everybody has from the beginning.
const anItem = "kimmel-2023"

// researchAt fills in the address of an item, or of what somebody has suggested.
func researchAt(w *webtest.World, path string) string {
	return strings.NewReplacer("{item}", anItem, "{file}", "item.ris", "{reference}", w.Suggested()).Replace(path)
}

// requestAt fills in the address of what somebody has asked for by post.
func requestAt(w *webtest.World, path string) string {
	return strings.NewReplacer("{request}", w.Asked().ID.String(), "{from}", w.Area(w.Home).Code).Replace(path)
}
