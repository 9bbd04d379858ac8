import Foundation
import Synchronization

/// Plays many scenarios, several at once.
struct Rehearsal: Sendable {
    /// A scenario and the shell to play it with.
    struct Part: Sendable {
        var scenario: Scenario
        var shell: Shell
    }

    let parts: [Part]

    /// Each scenario with each of its shells that is asked for.
    init(_ scenarios: [Scenario], shells: Set<Shell> = Shell.all) {
        parts = scenarios.flatMap { scenario in
            Shell.allCases.filter { scenario.shells.contains($0) && shells.contains($0) }.map {
                Part(scenario: scenario, shell: $0)
            }
        }
    }

    init(parts: [Part]) { self.parts = parts }

    /// The results in the order of the parts. Every lane has a thread: they wait most of the time, and Swift's tasks must not block.
    func play(on stage: Stage, progress: @escaping @Sendable (ScenarioResult) -> Void = { _ in }) -> [ScenarioResult] {
        let box = SharedState(parts)
        let looksForSecrets = !stage.mode.isDenying
        let threads = stage.lanes.map { lane in
            let done = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                while let (number, part) = box.state.withLock({ $0.next(for: lane.shell) }) {
                    let result = lane.result(of: part.scenario, number: number, looksForSecrets: looksForSecrets)
                    progress(result)
                    box.state.withLock { $0.results[number] = result }
                }
                done.signal()
            }
            return done
        }
        for thread in threads { thread.wait() }
        return box.state.withLock { state in parts.indices.compactMap { state.results[$0] } }
    }

    private struct State {
        var waiting: [Int]
        let parts: [Part]
        var results: [Int: ScenarioResult] = [:]

        init(parts: [Part]) {
            self.parts = parts
            waiting = Array(parts.indices)
        }

        mutating func next(for shell: Shell) -> (Int, Part)? {
            guard let place = waiting.firstIndex(where: { parts[$0].shell == shell }) else { return nil }
            let number = waiting.remove(at: place)
            return (number, parts[number])
        }
    }

    /// A place for the lock that closures can share.
    private final class SharedState: Sendable {
        let state: Mutex<State>
        init(_ parts: [Part]) { state = Mutex(State(parts: parts)) }
    }
}
