package bulletin

import (
	"container/list"
	"sync"
)

// mostBytes bounds the files that are kept in memory, packed and unpacked. Those that nobody has asked for the longest go first.
const mostBytes = 256 << 20

type fileKey struct {
	edition int
	name    string
}

// files are those that were asked for last.
type files struct {
	mu    sync.Mutex
	order list.List // of kept files, the one asked for last in front
	at    map[fileKey]*list.Element
	bytes int
}

type keptFile struct {
	key  fileKey
	file *File
}

func (f *File) size() int { return len(f.Body) + len(f.Gzip) + len(f.Brotli) }

func (s *files) get(key fileKey) *File {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.at[key]
	if e == nil {
		return nil
	}
	s.order.MoveToFront(e)
	return e.Value.(keptFile).file
}

func (s *files) put(key fileKey, f *File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at == nil {
		s.at = map[fileKey]*list.Element{}
	}
	if s.at[key] != nil || f.size() > mostBytes {
		return
	}
	s.at[key] = s.order.PushFront(keptFile{key, f})
	s.bytes += f.size()
	for s.bytes > mostBytes {
		last := s.order.Back()
		old := s.order.Remove(last).(keptFile)
		delete(s.at, old.key)
		s.bytes -= old.file.size()
	}
}
