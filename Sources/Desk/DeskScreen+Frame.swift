/// What is on the screen: composed from nothing each time; the painter finds what is different.
extension DeskScreen {
    struct Frame {
        var rows: [ScreenRow] = []
        var cursor: (row: Int, column: Int) = (0, 0)
        /// Rows that scroll.
        var scrolling = 0..<0
    }

    /// Rows above a list: the tabs, the filter or a heading, and a line on larger screens.
    private var rowsAboveList: Int { rows >= 10 ? 3 : 2 }
    /// Rows for a list. Below it stand the message and the keys.
    var listHeight: Int { max(1, rows - rowsAboveList - 2) }
    /// A narrow screen needs two rows for a request's title.
    private var titleHeight: Int { columns < 60 ? 2 : 1 }
    /// Rows for the page of a request.
    var bodyHeight: Int { max(1, rows - titleHeight - 2) }

    /// Composes a frame, and remembers what of a request's page is on it.
    mutating func compose() -> Frame {
        var frame = Frame()
        if isTooSmall {
            frame.rows = (0..<max(1, rows)).map { _ in ScreenRow(columns: max(1, columns)) }
            frame.rows[0].append("Too small: 20x5 is needed.")
        } else if view != nil {
            composeRequest(&frame)
        } else {
            composeTabs(&frame)
            if picker.choice != nil {
                composeChoice(&frame)
            } else if tab == .targets {
                composeTargets(&frame)
            } else {
                composeApprovals(&frame)
            }
            composeFoot(&frame, keys: keysOfList)
        }
        for index in frame.rows.indices { frame.rows[index].showCut() }
        frame.cursor.column = max(0, min(frame.cursor.column, columns - 1))
        return frame
    }

    private func row(_ text: String = "", _ style: Style = []) -> ScreenRow { ScreenRow(columns: columns, text, style) }

    private func composeTabs(_ frame: inout Frame) {
        let count = approvals.total
        let names = columns < 40 ? ("Targets", "Appr. (\(count))") : ("Targets", "Approvals (\(count))")
        var tabs = row()
        // Brackets, because not everybody sees what is bold.
        tabs.append(tab == .targets ? "[\(names.0)]" : " \(names.0) ", tab == .targets ? .bold : [])
        tabs.append(tab == .approvals ? "[\(names.1)]" : " \(names.1) ", tab == .approvals ? .bold : [])
        if columns >= 60 { tabs.append("  Sallyport desk of \(user)") }
        frame.rows.append(tabs)
        if rowsAboveList > 2 { frame.rows.append(row(String(repeating: "-", count: columns))) }
    }

    /// The message, and which keys do something.
    private func composeFoot(_ frame: inout Frame, keys: String) {
        while frame.rows.count < rows - 2 { frame.rows.append(row()) }
        frame.rows.append(row(message))
        frame.rows.append(row(keys))
    }

    private var keysOfList: String {
        if picker.choice != nil { return "Enter connect  Esc back" }
        if tab == .approvals { return "Enter open  Tab targets  q leave" }
        return picker.filter.isEmpty ? "Enter connect  Tab approvals  q leave" : "Enter connect  Esc clear  ^C leave"
    }

    // MARK: Targets

    private mutating func composeTargets(_ frame: inout Frame) {
        picker.update()
        // The end of a long filter is what one sees while typing.
        var filter = row("Find: ")
        let room = columns - 8
        let scalars = picker.filter.text.unicodeScalars
        filter.append(scalars.count > room / 2 ? String(scalars.suffix(room / 2)) : picker.filter.text)
        let typed = (row: frame.rows.count, column: filter.width)
        if columns >= 60 {
            filter.pad(to: columns - 22)
            filter.append("\(picker.matches.count) of \(picker.search.targets.count)")
        }
        frame.rows.append(filter)
        let first = frame.rows.count
        let visible = picker.window.follow(picker.selected, count: picker.matches.count, height: listHeight)
        for index in visible {
            let target = picker.search.targets[picker.matches[index]]
            frame.rows.append(
                entry(isSelected: index == picker.selected) { row in
                    row.append(target.name)
                    row.append(" ")
                    row.pad(to: columns / 3)
                    row.append(target.logins.joined(separator: " "))
                    if !target.aliases.isEmpty { row.append("  (" + target.aliases.joined(separator: ", ") + ")") }
                })
        }
        if visible.isEmpty { frame.rows.append(row(picker.search.targets.isEmpty ? "  No targets." : "  Nothing is found.")) }
        frame.cursor = picker.isTyping ? typed : (first + max(0, picker.selected - visible.lowerBound), 0)
    }

    private mutating func composeChoice(_ frame: inout Frame) {
        guard var choice = picker.choice else { return }
        frame.rows.append(row("\(choice.target.name): as whom?"))
        let first = frame.rows.count
        let visible = choice.window.follow(choice.selected, count: choice.logins.count, height: listHeight)
        for index in visible {
            frame.rows.append(entry(isSelected: index == choice.selected) { $0.append(choice.logins[index]) })
        }
        frame.cursor = (first + choice.selected - visible.lowerBound, 0)
        picker.choice = choice
    }

    private func entry(isSelected: Bool, _ fill: (inout ScreenRow) -> Void) -> ScreenRow {
        var entry = row(isSelected ? "> " : "  ")
        fill(&entry)
        return isSelected ? entry.adding(.bold) : entry
    }

    // MARK: Approvals

    private mutating func composeApprovals(_ frame: inout Frame) {
        let isPage = approvals.total > approvals.waiting
        frame.rows.append(row(isPage ? "The newest \(approvals.waiting) of \(approvals.total):" : "Waiting for a decision:"))
        let first = frame.rows.count
        let selected = approvals.selectedIndex ?? 0
        let visible = approvals.window.follow(selected, count: approvals.approvals.count, height: listHeight)
        for index in visible {
            let approval = approvals.approvals[index]
            let isGone = index == selected && approvals.selectionIsGone
            let age = approval.askedSecondsAgo &+ approvals.arrival.seconds(until: now)
            frame.rows.append(
                entry(isSelected: index == selected) { row in
                    row.append("\(approval.number) ")
                    row.append(isGone ? "(gone) " : approval.mayDecide ? "" : "(not yours) ")
                    row.append("\(Age.text(age))  \(approval.user) -> \(approval.login)@\(approval.target)  ")
                    // Only a look: a row holds no more.
                    row.append(approval.command.isEmpty ? Array(approval.kind.utf8) : Array(approval.command.prefix(columns * 4)))
                })
        }
        if visible.isEmpty { frame.rows.append(row("  Nothing waits for you.")) }
        frame.cursor = (first + max(0, selected - visible.lowerBound), 0)
    }

    private mutating func composeRequest(_ frame: inout Frame) {
        guard var view else { return }
        let approval = view.approval
        let times = "asked \(Age.text(view.secondsOld(now))) ago, expires in \(Age.text(view.secondsLeft(now)))"
        if titleHeight == 1 {
            frame.rows.append(row("Request \(approval.number) (\(approval.kind)), " + times, .bold))
        } else {
            frame.rows.append(row("Request \(approval.number) (\(approval.kind))", .bold))
            frame.rows.append(row(times, .bold))
        }
        let page = view.layOut(columns: columns)
        let visible = view.visible(height: bodyHeight, columns: columns)
        frame.scrolling = titleHeight..<(titleHeight + bodyHeight)
        frame.rows += visible.map { page.row($0) }
        view.saw(visible)
        let isMore = visible.upperBound < page.rowCount
        composeFoot(&frame, keys: keys(of: view, isMore: isMore))
        frame.cursor = (rows - 1, 0)
        if let reason = view.reason {
            var prompt = row(reason.approves ? "Why yes: " : "Why no: ", .bold)
            let scalars = reason.line.text.unicodeScalars
            prompt.append(String(scalars.suffix((columns - prompt.width - 1) / 2)))
            frame.cursor = (rows - 2, prompt.width)
            if message.isEmpty {
                frame.rows[rows - 2] = prompt
            } else {
                frame.rows[rows - 2] = prompt.appending("  (\(message))")
            }
        }
        self.view = view
    }

    private func keys(of view: RequestView, isMore: Bool) -> String {
        if view.reason != nil { return "Enter \(view.reason?.approves == true ? "approves" : "denies")  Esc back" }
        let more = isMore ? "  PgDn more" : ""
        if let obstacle = view.obstacle(now) { return obstacle + "  Esc back" + more }
        if let unread = view.unreadHint { return unread + "  Esc back" }
        if !view.delay.isOver { return "...  Esc back" + more }
        return "a approve  d deny  Esc back" + more + (view.state == .unlisted ? "  (no longer listed)" : "")
    }
}
