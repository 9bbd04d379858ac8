/// One thing that an operation does to one path. A renaming is more than a `rename`: it removes one name and writes the other, and rules that
/// forbid that mean it too.
struct FileEffect {
    var kind: FileOperation.Kind
    /// As asked for, and where that leads if it is known.
    var paths: [PathText]
    /// A directory goes with all that is in it.
    var takesTree = false
}

extension FileOperation {
    func effects(in surroundings: PathText.Surroundings) -> [FileEffect] {
        func paths(_ path: String, _ resolved: String?) -> [PathText] {
            ([path] + (resolved.map { [$0] } ?? [])).map { PathText(WordText($0), in: surroundings) }
        }
        let first = paths(path, resolvedPath)
        var effects = [FileEffect(kind: kind, paths: first, takesTree: kind == .rename)]
        guard let secondPath else { return effects }
        let second = paths(secondPath, resolvedSecondPath)
        effects.append(FileEffect(kind: kind, paths: second))
        switch kind {
        case .rename:
            effects.append(FileEffect(kind: .remove, paths: first, takesTree: true))
            effects.append(FileEffect(kind: .write, paths: second))
        case .symlink:
            effects.append(FileEffect(kind: .write, paths: first))
            if isHardLink { effects += [FileEffect(kind: .read, paths: second), FileEffect(kind: .write, paths: second)] }
        case .read, .write, .remove, .mkdir, .setstat, .list: break
        }
        return effects
    }
}
