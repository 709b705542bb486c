package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // PocketBase's own tables
	"github.com/pocketbase/pocketbase/tools/types"
)

// servePocketBase is the first argument with which this program is PocketBase: a process of its own, as it is in life.
const servePocketBase = "serve-pocketbase"

const pocketCollection = "supplies"

// runPocketBase serves PocketBase with its default settings from a fresh folder, with one collection that has the columns
// of a supplies file. Anybody may make records, so it has no session to look up. It ends with the process.
func runPocketBase(dir, address string, batchRows int) error {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	made := core.NewBaseCollection(pocketCollection)
	for i, c := range columns {
		switch i {
		case 0:
			made.Fields.Add(&core.TextField{Name: "event"}) // its records have an id of their own
		case kitsColumn:
			made.Fields.Add(&core.NumberField{Name: c, Required: true, OnlyInt: true})
		default:
			made.Fields.Add(&core.TextField{Name: c})
		}
	}
	made.CreateRule, made.ListRule = types.Pointer(""), types.Pointer("")
	if err := app.Save(made); err != nil {
		return err
	}
	settings := app.Settings()
	settings.Batch.Enabled, settings.Batch.MaxRequests, settings.Batch.Timeout = true, batchRows, 30
	if err := app.Save(settings); err != nil {
		return err
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.InstallerFunc = nil // which would open a browser
		return e.Next()
	})
	return apis.Serve(app, apis.ServeConfig{HttpAddr: address})
}

// pocketBase is one that runs.
type pocketBase struct {
	*process
	dir, url string
}

func startPocketBase(ctx context.Context, work string, batchRows int) (*pocketBase, error) {
	dir, err := os.MkdirTemp(work, "pocketbase")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &pocketBase{dir: dir, url: "http://" + address}
	p.process, err = start(ctx, dir, "", self, servePocketBase, filepath.Join(dir, "data"), address, strconv.Itoa(batchRows))
	if err != nil {
		return nil, err
	}
	if err := p.ready(ctx, p.url+"/api/health"); err != nil {
		p.end()
		return nil, err
	}
	return p, nil
}

func (p *pocketBase) end() {
	p.stop()
	os.RemoveAll(p.dir)
}

// pocketRecord is a row as the API takes it.
func pocketRecord(cells []string) map[string]any {
	record := make(map[string]any, len(cells))
	for i, c := range cells {
		switch i {
		case 0:
			record["event"] = c
		case kitsColumn:
			record[columns[i]], _ = strconv.Atoi(c)
		default:
			record[columns[i]] = c
		}
	}
	return record
}

var jsonHeader = http.Header{"Content-Type": {"application/json"}}

// pocketRequest is one of a batch.
type pocketRequest struct {
	Method string         `json:"method"`
	URL    string         `json:"url"`
	Body   map[string]any `json:"body"`
}

const pocketRecords = "/api/collections/" + pocketCollection + "/records"

// create makes records, one a request.
func (p *pocketBase) create(ctx context.Context, l load, n nation) (pressed, error) {
	got, err := p.press(ctx, l, n, 1, pocketRecords, func(rows []map[string]any) any { return rows[0] })
	if err != nil {
		return pressed{}, err
	}
	return got, p.holds(ctx, got.answered)
}

// batch makes records, many a request, and gives how many a second.
func (p *pocketBase) batch(ctx context.Context, l load, n nation, size int) (float64, error) {
	got, err := p.press(ctx, l, n, size, "/api/batch", func(rows []map[string]any) any {
		all := make([]pocketRequest, len(rows))
		for i, row := range rows {
			all[i] = pocketRequest{http.MethodPost, pocketRecords, row}
		}
		return map[string]any{"requests": all}
	})
	if err != nil {
		return 0, err
	}
	return got.perSecond() * float64(size), p.holds(ctx, got.answered*size)
}

// press sends requests of so many rows each.
func (p *pocketBase) press(ctx context.Context, l load, n nation, size int, path string, body func([]map[string]any) any) (pressed, error) {
	rows := newSource(n.sized(l.requests() * size))
	defer rows.stop()
	clients := make([]*http.Client, l.clients)
	for i := range clients {
		clients[i] = newClient()
		defer clients[i].CloseIdleConnections()
	}
	return l.press(ctx, func(ctx context.Context, client, _ int) error {
		records := make([]map[string]any, size)
		for i := range records {
			cells, err := rows.next()
			if err != nil {
				return err
			}
			records[i] = pocketRecord(cells)
		}
		encoded, err := json.Marshal(body(records))
		if err != nil {
			return err
		}
		_, err = post(ctx, clients[client], p.url+path, jsonHeader.Clone(), encoded, http.StatusOK)
		return err
	})
}

// holds checks that what was answered is there.
func (p *pocketBase) holds(ctx context.Context, want int) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+pocketRecords+"?perPage=1", nil)
	if err != nil {
		return err
	}
	client := newClient()
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var page struct{ TotalItems int }
	if err := json.NewDecoder(resp.Body).Decode(&page); err != nil {
		return err
	}
	if page.TotalItems != want {
		return fmt.Errorf("PocketBase answered for %d records and holds %d", want, page.TotalItems)
	}
	return nil
}
