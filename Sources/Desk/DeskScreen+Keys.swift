/// What keys do.
extension DeskScreen {
    mutating func press(_ key: DeskKey) {
        switch key {
        case .interrupt, .endOfFile: return leave()
        case .redraw: return redraw()
        default: break
        }
        // What is not shown cannot be meant.
        guard !isConnecting, !isTooSmall else { return }
        if view?.reason != nil {
            pressInReason(key)
        } else if view != nil {
            pressInRequest(key)
        } else if picker.choice != nil {
            pressInChoice(key)
        } else {
            pressInTab(key)
        }
    }

    private mutating func leave() {
        isLeaving = true
        act(.leave)
    }

    private mutating func pressInTab(_ key: DeskKey) {
        switch key {
        case .tab, .backTab, .left, .right:
            message = ""
            if tab == .approvals { approvals.dropGone() }
            tab = tab == .targets ? .approvals : .targets
        case .text("q") where tab == .approvals || picker.filter.isEmpty: leave()
        default: if tab == .targets { pressInTargets(key) } else { pressInApprovals(key) }
        }
    }

    /// How many rows a key moves; nil if it does not move. ^N and ^P as in line editors.
    private func movement(_ key: DeskKey, page: Int) -> Int? {
        switch key {
        case .up, .control(0x10): -1
        case .down, .control(0x0E): 1
        case .pageUp: -page
        case .pageDown: page
        case .home: -DeskScreen.farAway
        case .end: DeskScreen.farAway
        default: nil
        }
    }

    /// More rows than anything has.
    private static let farAway = 1 << 30

    // MARK: Targets

    private mutating func pressInTargets(_ key: DeskKey) {
        if let rows = movement(key, page: listHeight) { return picker.move(by: rows) }
        switch key {
        case .enter: choose()
        case .escape: picker.clearFilter()
        default:
            guard picker.edit(key) else { return }
        }
        if key != .enter { message = "" }
    }

    private mutating func pressInChoice(_ key: DeskKey) {
        if let rows = movement(key, page: listHeight) { return picker.moveInChoice(by: rows) }
        switch key {
        case .enter: choose()
        case .escape, .left, .text("q"): picker.choice = nil
        default: break
        }
    }

    private mutating func choose() {
        message = ""
        switch picker.enter() {
        case .connect(let target, let login):
            isConnecting = true
            message = "Connecting to \(login)@\(target) ..."
            act(.connect(target: target, login: login))
        case .impossible(let reason): message = reason
        case .nothing: break
        }
    }

    // MARK: Approvals

    private mutating func pressInApprovals(_ key: DeskKey) {
        if let rows = movement(key, page: listHeight) { return approvals.move(by: rows) }
        guard key == .enter, let selection = approvals.selection else { return }
        message = ""
        guard !approvals.selectionIsGone else {
            message = "Request \(selection.number) is no longer listed."
            return
        }
        view = RequestView(selection, arrival: approvals.arrival)
        act(.open(selection.number))
    }

    private mutating func pressInRequest(_ key: DeskKey) {
        if let rows = movement(key, page: max(1, bodyHeight)) {
            let (height, width) = (bodyHeight, columns)
            view?.scroll(by: rows, height: height, columns: width)
            return
        }
        switch key {
        case .text(" "): pressInRequest(.pageDown)
        case .escape, .left, .text("q"):
            view = nil
            message = ""
        case .text("a"): decide(approves: true)
        case .text("d"): decide(approves: false)
        default: break
        }
    }

    private mutating func decide(approves: Bool) {
        guard let view else { return }
        if let refusal = view.refusal(approves: approves, now) {
            message = refusal
        } else if approves, !view.approval.needsReason {
            give(approves: true, reason: nil)
        } else {
            message = ""
            self.view?.reason = RequestView.ReasonPrompt(approves: approves)
        }
    }

    private mutating func pressInReason(_ key: DeskKey) {
        if self.view?.reason?.line.take(key) == true { return }
        guard let view, let prompt = view.reason else { return }
        switch key {
        case .escape:
            self.view?.reason = nil
            message = ""
        case .enter:
            if let refusal = view.refusal(approves: prompt.approves, now) {
                // What was typed stays while it only has to be pressed again.
                if view.obstacle(now) != nil { self.view?.reason = nil }
                message = refusal
            } else if prompt.line.isEmpty, view.approval.needsReason {
                message = "A reason is needed."
            } else {
                give(approves: prompt.approves, reason: prompt.line.isEmpty ? nil : prompt.line.text)
            }
        default: break
        }
    }

    private mutating func give(approves: Bool, reason: String?) {
        guard let number = view?.approval.number else { return }
        view?.decided()
        message = ""
        act(approves ? .approve(number, reason: reason) : .deny(number, reason: reason))
    }
}
