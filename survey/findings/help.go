package findings

// wish is what help is asked for, for each option of the question "help".
var wish = map[string]string{"guidance": "guidance", "stock": "kits", "money": "money", "training": "training"}

// help writes what authorities ask the nation for.
func (f *Findings) help() {
	t := f.t
	if !t.has("help") {
		return
	}
	all := t.repliers(t.authorities)
	for _, o := range t.questions["help"].Options {
		words := wish[o.Key]
		switch {
		case o.Alone:
			f.share(finding{
				key: "help." + o.Key, chapter: chapterHelp, label: "No help", question: "help", share: t.choosing(all, "help", o.Key), of: answering,
				one: "needs no help", many: "need no help",
			})
			continue
		case o.Key == "other":
			words = "other help"
		case words == "":
			words = "(" + o.Words + ")"
		}
		f.share(finding{
			key: "help." + o.Key, chapter: chapterHelp, label: "Help: " + words, question: "help", share: t.choosing(all, "help", o.Key), of: answering,
			one: "asks for " + words, many: "ask for " + words,
		})
	}
	f.states(chapterHelp, "help", "what help they need", all, noun{"authority that replied", "authorities that replied"})
}
