package research

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"everykit/fault"
	"everykit/library"
	"everykit/web/desk"
	"everykit/web/page"
)

// How large a file a page takes, and how many wait between its two steps, for how long. Larger files go in with the import command.
const (
	mostBytes = 16 << 20
	waitFor   = 30 * time.Minute
	waitMost  = 6 // in all: the oldest goes
)

// waitingFile is one that was looked at and may be taken in by the session that sent it.
type waitingFile struct {
	name, owner string
	data        []byte
	state       library.State
	since       time.Time
}

// files are those that wait: in this process only. Nothing of them is in the database.
type fileRoom struct {
	mu   sync.Mutex
	held map[string]*waitingFile
}

var waitingFiles = &fileRoom{held: map[string]*waitingFile{}}

// put keeps a file, makes room for it, and gives the name under which its session finds it again.
func (r *fileRoom) put(f *waitingFile) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		oldest := ""
		for name, one := range r.held {
			if f.since.Sub(one.since) > waitFor {
				delete(r.held, name)
			} else if oldest == "" || one.since.Before(r.held[oldest].since) {
				oldest = name
			}
		}
		if len(r.held) < waitMost {
			break
		}
		delete(r.held, oldest)
	}
	name := rand.Text()
	r.held[name] = f
	return name
}

// take gives a file that waits, and forgets it.
func (r *fileRoom) take(name, owner string, now time.Time) *waitingFile {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.held[name]
	if f == nil || f.owner != owner || now.Sub(f.since) > waitFor {
		return nil
	}
	delete(r.held, name)
	return f
}

// filePage is the page on which a file is chosen, and what was found in one or done with it.
type filePage struct {
	States []page.Option

	Name  string // of the file; empty before one is chosen
	File  string // under which it waits
	Done  bool
	Facts []page.Fact
	Lines page.Table
	Bad   page.Table
	Aside page.Table
}

func chooseFile(v *desk.Visit) error { return drawFile(v, filePage{}, nil, nil) }

func drawFile(v *desk.Visit, b filePage, typed url.Values, wrong error) error {
	pv := view(v, "Add from a file")
	if b.Name != "" {
		pv.Title = "What the file holds"
	}
	if b.Done {
		pv.Title = "The file is taken in"
	}
	b.States = []page.Option{
		{Value: "proposed", Label: "Proposed", Hint: "Somebody looks at each before everybody can read it."},
		{Value: "accepted", Label: "Public at once", Hint: "Choose this only for a file that you have read."},
	}
	status := http.StatusOK
	if wrong != nil {
		var list fault.List
		for _, f := range fault.Of(wrong) {
			list = append(list, fault.New(f.Kind, "%s", f.Message).Hint("%s", f.Next).At("file"))
		}
		if list == nil || !pv.Fail(list.Err(), typed) {
			return wrong
		}
		status = page.Status(wrong)
	}
	pv.Body = b
	return pages.Render(v.W, status, "file", pv)
}

// lookAtFile says what is in a file and would become of it. Nothing is stored.
func lookAtFile(v *desk.Visit) error {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostBytes+1<<16)
	f, err := received(v)
	typed := url.Values{"state": {"proposed"}}
	if f != nil && f.state == library.Accepted {
		typed.Set("state", "accepted")
	}
	if err != nil {
		return drawFile(v, filePage{}, typed, err)
	}
	out, err := v.Library.Import(v.Ctx(), v.Who, f.data, f.state, true)
	if err != nil {
		return drawFile(v, filePage{}, typed, err)
	}
	b := outcome(f, out)
	if len(out.Lines) > 0 {
		b.File = waitingFiles.put(f)
	}
	return drawFile(v, b, nil, nil)
}

// received reads the form with the file.
func received(v *desk.Visit) (*waitingFile, error) {
	unreadable := func(err error) error {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return fault.New(fault.Invalid, "the file is larger than %d MB", mostBytes>>20).Hint("split it, or ask whoever runs Everykit to take it in with the import command")
		}
		return fault.New(fault.Invalid, "the file did not arrive whole").Hint("send it again").Because(err)
	}
	parts, err := v.R.MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Invalid, "this form cannot be read").Hint("choose the file again").Because(err)
	}
	f := &waitingFile{owner: v.Who.Session, state: library.Proposed, since: v.DB.Now()}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, unreadable(err)
		}
		switch part.FormName() {
		case "state":
			words, err := io.ReadAll(io.LimitReader(part, 100))
			if err != nil {
				return f, unreadable(err)
			}
			if string(words) == library.Accepted.String() {
				f.state = library.Accepted
			}
		case "file":
			if f.name = part.FileName(); f.name == "" {
				f.name = "file"
			}
			if f.data, err = io.ReadAll(part); err != nil {
				return f, unreadable(err)
			}
		}
	}
	if len(f.data) == 0 {
		return f, fault.New(fault.Invalid, "choose a file that is not empty")
	}
	return f, nil
}

// takeFile takes in a file that was looked at.
func takeFile(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	f := waitingFiles.take(form.Get("waiting"), v.Who.Session, v.DB.Now())
	if f == nil {
		return drawFile(v, filePage{}, url.Values{}, fault.New(fault.Refused, "this file is not waiting any more").Hint("it may have been taken in already: look at the library, or choose it again"))
	}
	out, err := v.Library.Import(v.Ctx(), v.Who, f.data, f.state, false)
	if err != nil {
		return drawFile(v, filePage{}, url.Values{}, err)
	}
	b := outcome(f, out)
	b.Done = true
	return drawFile(v, b, nil, nil)
}

// mostLines is how many records are listed.
const mostLines = 200

func outcome(f *waitingFile, out *library.Outcome) filePage {
	count := func(key string, n int) page.Fact { return page.Fact{Key: key, Value: page.CountCell(int64(n))} }
	state := "proposed"
	if f.state == library.Accepted {
		state = "public at once"
	}
	b := filePage{
		Name: f.name,
		Facts: []page.Fact{
			{Key: "File", Value: page.TextCell(f.name)},
			{Key: "Format", Value: page.TextCell(formatName(out.Format))},
			{Key: "New ones are", Value: page.TextCell(state)},
			count("Records read", out.Read()), count("New", out.Added()), count("Here already", out.Merged()), count("Refused", len(out.Refused)),
		},
		Lines: page.Table{Caption: "Records", Stack: true, Columns: page.Columns("#Line", "Title", "What becomes of it")},
		Bad:   page.Table{Caption: "Refused", Stack: true, Columns: page.Columns("#Line", "Title", "Why")},
		Aside: page.Table{Caption: "Left aside", Stack: true, Columns: page.Columns("#Line", "Field", "What it says"), Note: "There is no place for these. The rest of their records is read."},
	}
	for _, l := range out.Lines[:min(len(out.Lines), mostLines)] {
		what := "New"
		if l.Merged {
			what = "Here already, as " + l.Key
			if l.Filled {
				what += ", which is filled where it was blank"
			}
		}
		b.Lines.Rows = append(b.Lines.Rows, page.Row{Cells: []page.Cell{page.TextCell(strconv.Itoa(l.Line)), page.TextCell(l.Title), page.TextCell(what)}})
	}
	for _, l := range out.Refused[:min(len(out.Refused), mostLines)] {
		b.Bad.Rows = append(b.Bad.Rows, page.Row{Cells: []page.Cell{page.TextCell(strconv.Itoa(l.Line)), page.TextCell(l.Title), page.TextCell(page.Sentence(l.Reason))}})
	}
	for _, l := range out.Aside[:min(len(out.Aside), mostLines)] {
		b.Aside.Rows = append(b.Aside.Rows, page.Row{Cells: []page.Cell{page.TextCell(strconv.Itoa(l.Line)), page.TextCell(l.Field), page.TextCell(l.Value)}})
	}
	for _, cut := range []struct {
		of  *page.Table
		all int
	}{{&b.Lines, len(out.Lines)}, {&b.Bad, len(out.Refused)}, {&b.Aside, out.Asides}} {
		if n := cut.all - len(cut.of.Rows); n > 0 {
			cut.of.Note += " And " + page.Number(int64(n)) + " more."
		}
	}
	return b
}
