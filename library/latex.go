package library

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// accents are the commands that put a mark on the letter that follows, with the mark as a character that combines.
var accents = map[string]string{
	"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", `"`: "\u0308",
	"r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323", "b": "\u0331",
}

// signs are the commands that are a character of their own.
var signs = map[string]string{
	"ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
	"i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
	"textbackslash": `\`, "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^", "textquotesingle": "'",
	"textasciigrave": "`", "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textdollar": "$",
	"lbrace": "{", "rbrace": "}", "backslash": `\`, "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
	"textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textregistered": "®", "texttrademark": "™",
	"copyright": "©", "textcopyright": "©", "S": "§", "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€",
	"textdegree": "°", "degree": "°", "pm": "±", "textpm": "±", "times": "×", "texttimes": "×", "cdot": "·", "textperiodcentered": "·",
	"leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "infty": "∞", "rightarrow": "→", "mu": "μ", "textmu": "µ",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ", "lambda": "λ", "pi": "π", "sigma": "σ", "chi": "χ", "omega": "ω", "Delta": "Δ",
	"guillemotleft": "«", "guillemotright": "»", "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª", "textordmasculine": "º",
	"newline": "\n", "par": "\n\n", "quad": " ", "qquad": " ", "textrm": "", "textsf": "", "texttt": "", "textbf": "", "textit": "", "textsc": "",
	"textup": "", "textsl": "", "textnormal": "", "emph": "", "textsuperscript": "", "textsubscript": "", "mathrm": "", "mathit": "", "mathbf": "",
	"mbox": "", "text": "", "ensuremath": "", "em": "", "it": "", "bf": "", "rm": "", "sc": "", "sf": "", "tt": "", "sl": "", "url": "", "enquote": "",
	"protect": "", "relax": "", "noopsort": "", "uppercase": "", "lowercase": "", "MakeUppercase": "", "NoCaseChange": "", "nbsp": " ", "space": " ",
}

// latex gives the text of a value: accents and signs as characters, braces and what only shapes letters away. A command
// nobody knows is left as it stands, so that nothing is lost. One line break is a space, a blank line a paragraph.
func latex(s string) string {
	if !strings.ContainsAny(s, "\\{}$~-`'\n") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\':
			text, n := command(s[i:])
			b.WriteString(text)
			i += n
		case c == '{' || c == '}' || c == '$':
			i++
		case c == '~':
			b.WriteByte(' ')
			i++
		case strings.HasPrefix(s[i:], "---"):
			b.WriteString("—")
			i += 3
		case strings.HasPrefix(s[i:], "--"):
			b.WriteString("–")
			i += 2
		case strings.HasPrefix(s[i:], "``"):
			b.WriteString("“")
			i += 2
		case strings.HasPrefix(s[i:], "''"):
			b.WriteString("”")
			i += 2
		case c == '\n':
			n := i
			for n < len(s) && (s[n] == '\n' || s[n] == ' ' || s[n] == '\t') {
				n++
			}
			if strings.Count(s[i:n], "\n") > 1 {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
			i = n
		default:
			b.WriteByte(c)
			i++
		}
	}
	return norm.NFC.String(b.String())
}

// command reads what begins with a backslash, and gives its text and length.
func command(s string) (string, int) {
	if len(s) == 1 {
		return `\`, 1
	}
	if !isLetter(s[1]) {
		mark, accent := accents[s[1:2]]
		if !accent {
			return plainCommand(s)
		}
		base, n := letterAfter(s, 2, false)
		if base == "" && (s[1] == '~' || s[1] == '^') {
			return s[1:2], n // the sign itself
		}
		return accented(base, mark), n
	}
	n := 1
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	name := s[1:n]
	if mark, ok := accents[name]; ok && n < len(s) && (s[n] == '{' || s[n] == ' ' || s[n] == '\\') {
		base, n := letterAfter(s, n, true)
		return accented(base, mark), n
	}
	sign, ok := signs[name]
	if !ok {
		return s[:n], n
	}
	if n < len(s) && s[n] == ' ' && sign != "" && sign != " " { // the space that ends a command is none
		n++
	}
	return sign, n
}

// plainCommand is a backslash before what is neither letter nor accent.
func plainCommand(s string) (string, int) {
	switch s[1] {
	case '\\', '\n', ' ', ',', ';', ':':
		return " ", 2
	case '&', '%', '$', '#', '_', '{', '}':
		return s[1:2], 2
	case '-', '/', '@', '!', '(', ')', '[', ']':
		return "", 2
	}
	_, size := utf8.DecodeRuneInString(s[1:])
	return s[:1+size], 1 + size
}

// letterAfter finds the letter an accent belongs to: the next one, alone, in braces, or as \i. It gives it with what else
// was in the braces, and where it ends.
func letterAfter(s string, at int, spaces bool) (string, int) {
	for spaces && at < len(s) && s[at] == ' ' {
		at++
	}
	if at >= len(s) {
		return "", at
	}
	switch s[at] {
	case '{':
		depth, end := 0, -1
		for i := at; i < len(s) && i < at+40; i++ {
			if s[i] == '{' {
				depth++
			} else if s[i] == '}' {
				if depth--; depth == 0 {
					end = i
					break
				}
			}
		}
		if end < 0 {
			return "", at
		}
		return latex(dotless(s[at+1 : end])), end + 1
	case '\\':
		if rest, ok := strings.CutPrefix(s[at:], `\i`); ok && (rest == "" || !isLetter(rest[0])) {
			return "i", at + 2
		}
		if rest, ok := strings.CutPrefix(s[at:], `\j`); ok && (rest == "" || !isLetter(rest[0])) {
			return "j", at + 2
		}
		return "", at
	}
	r, size := utf8.DecodeRuneInString(s[at:])
	if !unicode.IsLetter(r) {
		return "", at
	}
	return s[at : at+size], at + size
}

// dotless gives back the dot that an accent takes the place of anyway.
func dotless(s string) string {
	switch strings.TrimSpace(s) {
	case `\i`:
		return "i"
	case `\j`:
		return "j"
	}
	return s
}

func accented(base, mark string) string {
	if base == "" {
		return ""
	}
	_, size := utf8.DecodeRuneInString(base)
	return base[:size] + mark + base[size:]
}

// verbatim is the text of a value that LaTeX would not look into: a DOI, an address.
func verbatim(s string) string {
	s = strings.NewReplacer(`\_`, "_", `\&`, "&", `\%`, "%", `\#`, "#", `\~{}`, "~", `{\textasciitilde}`, "~", `\textasciitilde{}`, "~", `\textasciitilde `, "~", `{\_}`, "_", `\url`, "", `{\&}`, "&", `\$`, "$").Replace(s)
	return strings.TrimSpace(strings.NewReplacer("{", "", "}", "", "\n", "").Replace(s))
}

// latexEscape writes a text so that latex gives it back, and LaTeX prints it.
var latexEscape = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
	"&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "--", "-{}-{}", "``", "`{}`{}", "''", "'{}'{}", "\n", "\n\n",
)
