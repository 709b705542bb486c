package language

// ForgetOthers takes away all languages but English.
func ForgetOthers() { others.Store(nil) }
