import Foundation
import MonitorProtocol

@testable import MonitorProcess

/// A real HTTP server on loopback, in Python: answers by the path, and keeps what it got in a folder, a file for each request.
final class WebhookReceiver {
    let folder: URL
    let port: Int
    private let process: pid_t

    /// `/fail/N` answers 500 to the first N requests, `/ok` 200, `/away` a redirection to `/ok`, `/endless` a body that never ends, `/silent` nothing.
    private static let script = """
        import http.server, json, os, sys, time
        folder, seen = sys.argv[1], 0
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                global seen
                body = self.rfile.read(int(self.headers["Content-Length"]))
                seen += 1
                # Written elsewhere first, so that whoever looks finds it whole.
                name = os.path.join(folder, "%04d" % seen)
                with open(name + ".new", "w") as file:
                    json.dump({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()},
                               "body": body.decode()}, file)
                os.rename(name + ".new", name + ".json")
                if self.path == "/silent":
                    time.sleep(60)
                failing = self.path.startswith("/fail/") and seen <= int(self.path[6:])
                self.send_response(302 if self.path == "/away" else 500 if failing else 200)
                self.send_header("Location", "/ok")
                self.end_headers()
                if self.path == "/endless":
                    while True:
                        self.wfile.write(b"x" * 4096)
            def do_GET(self):
                self.do_POST()
            def log_message(self, *arguments):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """

    struct Failure: Error {}

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "webhook-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let input = try DescriptorPair.pipe()
        let output = try DescriptorPair.pipe()
        process = try spawnProgram(
            executable: "/usr/bin/python3", arguments: ["-c", Self.script, folder.path], environment: ["LC_ALL=C.UTF-8"],
            input: input.first.number, output: output.second.number)
        var line = [UInt8](repeating: 0, count: 64)
        let ready = try waitForReadiness(of: [(output.first.number, .readable)], timeoutMilliseconds: 20_000)
        let count = ready[0] == [] ? 0 : read(output.first.number, &line, line.count)
        guard let port = Int(String(decoding: line.prefix(max(0, count)), as: UTF8.self).trimmingCharacters(in: .newlines))
        else {
            Self.end(process)
            throw Failure()
        }
        self.port = port
    }

    private static func end(_ process: pid_t) {
        kill(-process, SIGKILL)
        _ = try? SessionExit(waitingFor: process)
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    struct Request: Decodable {
        let path: String
        let headers: [String: String]
        let body: String
    }

    /// What has come so far, in that order.
    func requests() throws -> [Request] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted().map {
            try JSONDecoder().decode(Request.self, from: Data(contentsOf: folder.appending(path: $0)))
        }
    }

    deinit {
        Self.end(process)
        try? FileManager.default.removeItem(at: folder)
    }
}
