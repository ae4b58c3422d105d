using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Domain.Tests.Systems;

public sealed class TicketAgreementTests
{
    /// <summary>What both had, what each has now, and who changed later.</summary>
    [Theory]
    [InlineData(TicketStatus.Open, CaseStatus.Open, TicketStatus.Open, 0, TicketMove.None, false)]
    [InlineData(TicketStatus.Open, CaseStatus.Pending, TicketStatus.Open, 0, TicketMove.SendOurs, false)]
    [InlineData(TicketStatus.Open, CaseStatus.Open, TicketStatus.Solved, 0, TicketMove.TakeTheirs, false)]
    [InlineData(TicketStatus.Open, CaseStatus.Resolved, TicketStatus.Solved, 0, TicketMove.None, false)]
    [InlineData(TicketStatus.Open, CaseStatus.Closed, TicketStatus.Solved, 0, TicketMove.None, false)]
    [InlineData(TicketStatus.Open, CaseStatus.Verifying, TicketStatus.Open, 0, TicketMove.SendOurs, false)]
    [InlineData(TicketStatus.Open, CaseStatus.Pending, TicketStatus.Solved, 1, TicketMove.TakeTheirs, true)]
    [InlineData(TicketStatus.Open, CaseStatus.Pending, TicketStatus.Solved, -1, TicketMove.SendOurs, true)]
    [InlineData(TicketStatus.Solved, CaseStatus.Verifying, TicketStatus.Solved, 0, TicketMove.None, false)]
    [InlineData(TicketStatus.Solved, CaseStatus.Verifying, TicketStatus.Open, 0, TicketMove.TakeTheirs, false)]
    [InlineData(TicketStatus.Solved, CaseStatus.Open, TicketStatus.Solved, 0, TicketMove.SendOurs, false)]
    public void Who_differs_from_what_both_had_has_changed_and_of_two_the_later_stands(
        TicketStatus agreed,
        CaseStatus ours,
        TicketStatus theirs,
        int secondsLater,
        TicketMove move,
        bool isConflict
    )
    {
        Case @case = Samples.Case("k1", 1) with { Status = ours, UpdatedAt = Samples.At(10) };
        Ticket ticket = TicketOf(theirs, "other", "omniiot-case-1") with { UpdatedAt = Samples.At(10 + secondsLater) };

        TicketAgreement found = TicketAgreement.Of(@case, ticket, new TicketLink("k1", "7", agreed));

        Assert.Equal(new TicketAgreement(move, isConflict), found);
    }

    [Theory]
    [InlineData("omniiot-case-1042", 1042L)]
    [InlineData("omniiot-case-", null)]
    [InlineData("omniiot-case-x", null)]
    [InlineData("omniiot-case--5", null)]
    [InlineData("case-1042", null)]
    public void A_ticket_is_known_by_its_tag(string tag, long? number) =>
        Assert.Equal(number, TicketOf(TicketStatus.Open, "vip", tag).CaseNumber);

    [Fact]
    public void A_tag_is_read_as_it_is_written() => Assert.Equal(77, TicketOf(TicketStatus.Open, Ticket.TagOf(77)).CaseNumber);

    private static Ticket TicketOf(TicketStatus status, params string[] tags) =>
        new()
        {
            Id = "7",
            Subject = "It leaks",
            Text = "",
            Status = status,
            Priority = CasePriority.Normal,
            Tags = tags,
            Requester = new TicketPerson(null, null, null),
            UpdatedAt = Samples.At(0),
        };
}
