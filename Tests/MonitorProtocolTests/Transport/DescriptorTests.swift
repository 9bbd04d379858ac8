import Glibc
import MonitorProtocol
import Testing

struct DescriptorTests {
    @Test func `going out of scope closes a descriptor`() throws {
        var tripwire = try Tripwire()
        #expect(try !tripwire.everyCopyIsClosed())
        tripwire.letGo()
        #expect(try tripwire.everyCopyIsClosed())
    }

    @Test func `a released descriptor stays open`() throws {
        let pipe = try DescriptorPair.pipe()
        let number = pipe.second.release()
        #expect(inode(of: number) != nil)
        OwnedDescriptor(owning: number).close()
    }

    @Test func `a duplicate outlives the original`() throws {
        var tripwire = try Tripwire()
        let copy = try OwnedDescriptor(owning: dup(tripwire.number)).duplicate()
        tripwire.letGo()
        #expect(try !tripwire.everyCopyIsClosed())
        copy.close()
        #expect(try tripwire.everyCopyIsClosed())
    }

    @Test func `closing a descriptor twice stops the process`() async {
        await #expect(processExitsWith: .failure) {
            let number = try OwnedDescriptor(owning: 0).duplicate().release()
            OwnedDescriptor(owning: number).close()
            OwnedDescriptor(owning: number).close()
        }
    }

    @Test func `an error says which call failed and why`() {
        #expect(SystemError("connect", ECONNREFUSED).description == "connect: Connection refused")
        #expect(SystemError("poll", 9999).description == "poll: Unknown error 9999")
    }

    @Test func `both flags of a descriptor can be set and taken back`() throws {
        let pipe = try DescriptorPair.pipe()
        let number = pipe.first.number
        for wanted in [true, false] {
            try setNonBlocking(wanted, of: number)
            #expect((fcntl(number, F_GETFL) & O_NONBLOCK != 0) == wanted)
            try setCloseOnExec(wanted, of: number)
            #expect((fcntl(number, F_GETFD) == FD_CLOEXEC) == wanted)
        }
    }

    @Test func `readiness is told for each descriptor in order`() throws {
        let ends = try DescriptorPair.connectedSockets(.stream)
        let other = try DescriptorPair.pipe()
        #expect(write(ends.first.number, "x", 1) == 1)
        let ready = try waitForReadiness(
            of: [
                (ends.first.number, [.readable, .writable]), (-1, .readable), (ends.second.number, .readable),
                (other.first.number, .readable),
            ],
            timeoutMilliseconds: 10_000)
        #expect(ready == [.writable, [], .readable, []])
        #expect(try waitForReadiness(of: [(other.first.number, .readable)], timeoutMilliseconds: 10) == [[]])
    }
}
