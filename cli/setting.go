package cli

// setting is a value that comes from a flag, else from the environment, else from a default.
type setting struct {
	name, env, otherwise string
	flag                 string // as given; "" if not
	io                   *Streams
}

// setting declares a flag that the environment may stand in for. words describe it in the command's help.
func (s *session) setting(name, env, otherwise, words string) *setting {
	t := &setting{name: name, env: env, otherwise: otherwise, io: &s.Streams}
	if otherwise != "" {
		words += "; " + otherwise + " if not given"
	}
	s.flags.StringVar(&t.flag, name, "", words+" ["+env+"]")
	return t
}

// value gives the value that holds.
func (t *setting) value() string {
	v, _ := t.origin()
	return v
}

// origin gives the value that holds and where it is from.
func (t *setting) origin() (value, from string) {
	if t.flag != "" {
		return t.flag, "--" + t.name
	}
	if v := t.io.Env(t.env); v != "" {
		return v, t.env
	}
	return t.otherwise, "default"
}

// The settings of a server, which config shows too.

func (s *session) useListen() *setting {
	return s.setting("listen", "EVERYKIT_LISTEN", "127.0.0.1:8080", "`ADDRESS` of the pages")
}

func (s *session) useMetrics() *setting {
	return s.setting("metrics", "EVERYKIT_METRICS", "127.0.0.1:0", "`ADDRESS` of /health and /metrics, or off")
}

func (s *session) useLog() *setting {
	return s.setting("log", "EVERYKIT_LOG", "text", "`FORM` of the log on stderr: text, json, or errors for those alone")
}
