package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// names are the programs that will do, best first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// find gives the path of a browser: EVERYKIT_CHROMIUM if it is set, else the first that is installed.
func find() (string, error) {
	if path := os.Getenv("EVERYKIT_CHROMIUM"); path != "" {
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("EVERYKIT_CHROMIUM is %s, which is not there: %w", path, err)
		}
		return path, nil
	}
	for _, n := range names {
		if path, err := exec.LookPath(n); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no browser for the tests of pages: apt-get install chromium, or set EVERYKIT_CHROMIUM")
}

// root is the folder of this module: the first one upwards that holds everykit's go.mod.
func root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		body, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(body), "module everykit\n") {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("the tests of pages run inside the source of everykit")
		}
		dir = up
	}
}
