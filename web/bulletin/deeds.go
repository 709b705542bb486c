package bulletin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin"
	"everykit/fault"
	"everykit/web/desk"
)

// do runs a deed with the form that was sent and leads back to the workbench, to the part that at names. What is refused comes
// back on it with what was typed.
func do(v *desk.Visit, deed, at string, fn func(e *bulletin.Edition, version int, form url.Values) error) error {
	e, err := editionOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(form.Get("version"))
	if err != nil {
		version = -1 // which none was made on
	}
	if err := fn(e, version, form); err != nil {
		if now, again := v.Bulletins.Get(v.Ctx(), v.Who, e.ID); again == nil {
			e = now // what somebody else has changed meanwhile
		}
		return drawBench(v, e, typed{deed: deed, form: form, err: err})
	}
	to := pathOf(v, e) + "?saved=" + deed
	if chapter := form.Get("chapter"); chapter != "" {
		to += "&at=" + url.QueryEscape(chapter)
		at = "chapter-" + chapter
	}
	return v.Go(to + "#" + url.PathEscape(at))
}

func note(v *desk.Visit) error {
	return do(v, "note", "words", func(e *bulletin.Edition, version int, form url.Values) error {
		chapter := form.Get("chapter")
		return v.Bulletins.Note(v.Ctx(), v.Who, e.ID, version, chapter, form.Get(noteField(chapter)))
	})
}

func retitle(v *desk.Visit) error {
	return do(v, "title", "words", func(e *bulletin.Edition, version int, form url.Values) error {
		key := form.Get("key")
		return v.Bulletins.Retitle(v.Ctx(), v.Who, e.ID, version, key, form.Get(titleField(key)))
	})
}

func arrange(v *desk.Visit) error {
	return do(v, "arrange", "order", func(e *bulletin.Edition, version int, form url.Values) error {
		template, err := v.Bulletins.Template(v.Ctx(), e.ID)
		if err != nil {
			return err
		}
		var keys []string
		for _, ch := range template.Chapters {
			keys = append(keys, ch.Key)
		}
		order, leftOut, err := arranged(keys, form)
		if err != nil {
			return err
		}
		return v.Bulletins.Arrange(v.Ctx(), v.Who, e.ID, version, order, leftOut)
	})
}

// arranged reads the order of chapters, whose keys are given in that which they have. Two with the same number stand as they stood before; one with a number that another had
// is put before it, as people mean it who move one chapter and leave the other numbers.
func arranged(keys []string, form url.Values) (order, leftOut []string, err error) {
	type placed struct {
		key        string
		place, was int
	}
	var list []placed
	var bad fault.List
	for i, key := range keys {
		if form.Get("out-"+key) != "" {
			leftOut = append(leftOut, key)
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(form.Get("place-" + key)))
		if err != nil || n < 1 || n > 1000 {
			bad = append(bad, fault.New(fault.Invalid, "the place of a chapter is a whole number from 1").At("place-"+key))
			continue
		}
		list = append(list, placed{key, n, i + 1})
	}
	if err := bad.Err(); err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(list, func(a, b placed) int {
		if a.place != b.place {
			return a.place - b.place
		}
		return moved(b.place, b.was) - moved(a.place, a.was)
	})
	for _, p := range list {
		order = append(order, p.key)
	}
	return order, leftOut, nil
}

// moved is how a chapter with a new number stands to the one that has kept it: before it where it came up, after it where it
// went down.
func moved(place, was int) int {
	switch {
	case place < was:
		return 1
	case place > was:
		return -1
	}
	return 0
}

// readerField is a field of the n-th reader, from 1, as the room names it where something is wrong with it.
func readerField(name string, n int) string { return name + "_" + strconv.Itoa(n) }

func invite(v *desk.Visit) error {
	return do(v, "invite", "early", func(e *bulletin.Edition, version int, form url.Values) error {
		var readers []bulletin.Reader
		for i := 1; form.Has(readerField("who", i)); i++ { // empty ones too: the room counts as the form does, and leaves them out
			readers = append(readers, bulletin.Reader{Who: form.Get(readerField("who", i)), Why: form.Get(readerField("why", i)), Email: form.Get(readerField("email", i))})
		}
		return v.Bulletins.Invite(v.Ctx(), v.Who, e.ID, version, readers)
	})
}

func waive(v *desk.Visit) error {
	return do(v, "waive", "checks", func(e *bulletin.Edition, version int, form url.Values) error {
		return v.Bulletins.Waive(v.Ctx(), v.Who, e.ID, version, form.Get("finding"), form.Get("reason"))
	})
}

func refreeze(v *desk.Visit) error {
	return do(v, "refreeze", "figures", func(e *bulletin.Edition, version int, _ url.Values) error {
		return v.Bulletins.Refreeze(v.Ctx(), v.Who, e.ID, version)
	})
}

func sign(v *desk.Visit) error {
	return do(v, "sign", "publish", func(e *bulletin.Edition, version int, form url.Values) error {
		at, err := instantOf(v, form.Get("embargo_on"), form.Get("embargo_at"))
		if err != nil {
			return err
		}
		return v.Bulletins.Sign(v.Ctx(), v.Who, e.ID, version, at)
	})
}

func unsign(v *desk.Visit) error {
	return do(v, "unsign", "sign", func(e *bulletin.Edition, version int, form url.Values) error {
		return v.Bulletins.Unsign(v.Ctx(), v.Who, e.ID, version, form.Get("unsign_why"))
	})
}

func publish(v *desk.Visit) error {
	return do(v, "publish", "publish", func(e *bulletin.Edition, version int, _ url.Values) error {
		return v.Bulletins.Publish(v.Ctx(), v.Who, e.ID, version)
	})
}

func drop(v *desk.Visit) error {
	e, err := editionOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(form.Get("version"))
	if err != nil {
		version = -1
	}
	if err := v.Bulletins.Drop(v.Ctx(), v.Who, e.ID, version); err != nil {
		if now, again := v.Bulletins.Get(v.Ctx(), v.Who, e.ID); again == nil {
			e = now
		}
		return drawBench(v, e, typed{deed: "drop", form: form, err: err})
	}
	return v.Go(base(v) + "?saved=drop")
}
