import Testing

@testable import SessionProcess

@Suite struct `The target in a user name` {
    struct Vector: Sendable {
        var name: String
        var login: String?
        var target: String?
    }

    @Test(arguments: [
        Vector(name: "root@web1", login: "root", target: "web1"),
        Vector(name: "root:web1", login: "root", target: "web1"),
        Vector(name: "alice@corp.example@web1", login: "alice@corp.example", target: "web1"),
        Vector(name: "a:b@web1", login: "a:b", target: "web1"),
        Vector(name: "alice"), Vector(name: ""), Vector(name: "@web1"), Vector(name: "root@"), Vector(name: "@"),
        Vector(name: ":"),
    ])
    func `is what stands behind the last separator`(_ vector: Vector) {
        let destination = Destination(userName: vector.name)
        #expect(destination?.login == vector.login)
        #expect(destination?.target == vector.target)
    }
}
