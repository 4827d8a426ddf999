import Agencies
import Custody
import Testing
import Tips

@Suite struct PolicyTests {
    static let policy = valid(
        try? Policy(clearances: [
            id("office-b"): [.report], id("office-a"): Set(PartClass.releasable),
            id("office-c"): [],
        ]))

    @Test func hasOneText() throws {
        let text = String(decoding: Self.policy.encoded, as: UTF8.self)
        #expect(
            text == """
                {"format":"sallyport-policy/1","offices":[{"id":"office-a","classes":["urgency",\
                "report","reporter","person","place","perpetrators","compelled","evidence",\
                "answer"]},{"id":"office-b","classes":["report"]},{"id":"office-c","classes":[]}]}

                """)
        #expect(try Policy(text: Self.policy.encoded) == Self.policy)
    }

    @Test(arguments: [
        "{}\n", "", "[]", "{\"format\":\"sallyport-policy/2\",\"offices\":[]}\n",
        "{\"format\":\"sallyport-policy/1\",\"offices\":[]}",
        "{\"format\":\"sallyport-policy/1\",\"offices\":[],\"more\":1}\n",
        "{\"format\":\"sallyport-policy/1\",\"offices\":[{\"id\":\"a\",\"classes\":[\"all\"]}]}\n",
        "{\"format\":\"sallyport-policy/1\",\"offices\":"
            + "[{\"id\":\"a\",\"classes\":[\"report\",\"urgency\"]}]}\n",
        "{\"format\":\"sallyport-policy/1\",\"offices\":"
            + "[{\"id\":\"a\",\"classes\":[]},{\"id\":\"a\",\"classes\":[\"report\"]}]}\n",
    ])
    func refusesOtherTexts(text: String) {
        #expect(throws: PolicyFault.self) { try Policy(text: Array(text.utf8)) }
    }

    @Test(arguments: [PartClass.manifest, .withdrawal])
    func refusesWhatNeverLeavesTheDesk(part: PartClass) {
        #expect(throws: PolicyFault.deskOnly(id("a"), part)) {
            try Policy(clearances: [id("a"): [part]])
        }
    }

    @Test func isTakenOnlyWithItsDirectory() throws {
        let fixture = try Fixture(clearances: [id("office-a"): [.report]])
        let directory = try fixture.directory()
        #expect(try Policy(fixture.policy.encoded, of: directory) == fixture.policy)
        #expect(throws: PolicyFault.notThisDirectorys) {
            try Policy(Self.policy.encoded, of: directory)
        }
    }
}
