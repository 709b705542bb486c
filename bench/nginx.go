package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// nginxServer serves files as they are: the peer of pages that are bytes.
type nginxServer struct {
	process *process
	address string
}

// nginxConfig serves a folder with what Debian's own settings have, less the log, as a site under load has it.
const nginxConfig = `worker_processes auto;
daemon off;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 768; }
http {
  sendfile on;
  tcp_nopush on;
  access_log off;
  keepalive_requests 100000000;
  etag on;
  default_type "%[4]s";
  client_body_temp_path %[1]s/body;
  proxy_temp_path %[1]s/proxy;
  fastcgi_temp_path %[1]s/fastcgi;
  uwsgi_temp_path %[1]s/uwsgi;
  scgi_temp_path %[1]s/scgi;
  server {
    listen %[2]s;
    root %[1]s/files;
    %[3]s
    add_header Cache-Control "public, max-age=300";
  }
}
`

// nginxProgram is where nginx is.
func nginxProgram() (string, error) {
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no nginx to compare with: apt-get install nginx-light")
}

// startNginx serves one page's bytes as the file "page".
func startNginx(ctx context.Context, work string, page packedPage) (*nginxServer, error) {
	program, err := nginxProgram()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(work, "nginx")
	if err != nil {
		return nil, err
	}
	// As root its workers are of another account, which must be able to read the file.
	for _, d := range []string{work, dir, filepath.Join(dir, "files")} {
		if err := errors.Join(os.MkdirAll(d, 0o755), os.Chmod(d, 0o755)); err != nil {
			return nil, err
		}
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	encoding := ""
	if page.encoding != "" {
		encoding = "add_header Content-Encoding " + page.encoding + ";"
	}
	config := filepath.Join(dir, "nginx.conf")
	err = errors.Join(
		os.WriteFile(filepath.Join(dir, "files", "page"), page.body, 0o644),
		os.WriteFile(config, fmt.Appendf(nil, nginxConfig, dir, address, encoding, page.kind), 0o644),
	)
	if err != nil {
		return nil, err
	}
	p, err := start(ctx, dir, "", program, "-p", dir, "-c", config)
	if err != nil {
		return nil, err
	}
	s := &nginxServer{p, address}
	if err := p.ready(ctx, "http://"+address+"/page"); err != nil {
		s.process.stop()
		return nil, err
	}
	return s, nil
}
