using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

/// <summary>A decision sees what was decided before it, however close the two come.</summary>
public sealed class OwnershipTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_changes_that_rest_on_one_version_of_a_case_the_second_is_refused(bool isOfDevice)
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        EntityId owner = isOfDevice ? EntityId.Device("w1") : EntityId.Customer("ann");
        Case opened = await harness.AskAsync(grains =>
            grains
                .Of(owner)
                .OpenCaseAsync(
                    new OpenCase("ann", isOfDevice ? "w1" : null, "It leaks", CasePriority.Normal, "support", CaseOpener.Agent, "agent:a")
                )
        );

        ChangeCase Change(string assignee) =>
            new()
            {
                CaseId = opened.Id,
                Actor = "agent:a",
                Status = null,
                Priority = null,
                Queue = null,
                Assignee = assignee,
                Title = null,
                ExpectedVersion = opened.Version,
            };
        ICaseGrain grain = harness.Grains.Of(owner);
        Reply<Case>[] replies = await Awaited.Within(
            Task.WhenAll(grain.ChangeCaseAsync(Change("a")), grain.ChangeCaseAsync(Change("b")), grain.ChangeCaseAsync(Change("c"))),
            "three answers"
        );

        Reply<Case> taken = Assert.Single(replies, reply => reply.Rejection is null);
        Assert.Equal(2, replies.Count(reply => reply.Rejection?.Kind is RejectionKind.Stale));
        Case stored = (await harness.Get<ICaseQueries>().FindAsync(opened.Id, CancellationToken.None))!;
        Assert.Equal((taken.Result!.Assignee, opened.Version + 1), (stored.Assignee, stored.Version));
    }

    [Fact]
    public async Task Notes_that_come_at_once_are_all_kept_and_answer_nobody()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        ICaseGrain ann = harness.Grains.Customer("ann");
        Case opened = (
            await ann.OpenCaseAsync(new OpenCase("ann", null, "It leaks", CasePriority.Normal, "support", CaseOpener.Agent, "agent:a"))
        ).Result!;

        await Awaited.Within(
            Task.WhenAll(Enumerable.Range(0, 20).Select(i => ann.NoteCaseAsync(new NoteCase(opened.Id, $"note {i}", "agent:a")))),
            "twenty notes"
        );

        IReadOnlyList<TimelineEntry> notes = [.. (await harness.TimelineAsync("ann")).Where(entry => entry.Kind == TimelineKind.NoteAdded)];
        Assert.Equal(20, notes.Select(note => note.Text).Distinct().Count());
        Case stored = (await harness.Get<ICaseQueries>().FindAsync(opened.Id, CancellationToken.None))!;
        Assert.Null(stored.Sla.FirstRespondedAt);
    }

    [Fact]
    public async Task Of_two_opposite_merges_at_once_one_is_refused()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.AddCustomerAsync("bob");

        Reply<Customer>[] replies = await Awaited.Within(
            Task.WhenAll(
                harness.Grains.Customer("ann").MergeAsync(new MergeCustomer("bob", null, "agent:a")),
                harness.Grains.Customer("bob").MergeAsync(new MergeCustomer("ann", null, "agent:a"))
            ),
            "two answers"
        );

        Assert.Single(replies, reply => reply.Rejection is null);
        Assert.Single(await harness.Get<ICustomerQueries>().MergesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_conflict_is_decided_anew_from_what_is_stored()
    {
        Rival? rival = null;
        await using GrainsHarness harness = await GrainsHarness.StartAsync(inner => rival = new Rival(inner));
        await harness.RegisterAsync("w1");
        rival!.Conflicts = 3;

        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"seq":1,"values":{"temperature":20}}"""));
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"seq":2,"values":{"temperature":21}}"""));

        Assert.Equal(0, rival.Conflicts);
        TwinView twin = (await harness.Get<ITwinQueries>().FindAsync("w1", CancellationToken.None))!;
        Assert.Equal(21, (double)twin.Values["temperature"].Value!);
    }

    /// <summary>Others were faster, a few times.</summary>
    private sealed class Rival(ICommitStore inner) : ICommitStore
    {
        public int Conflicts { get; set; }

        public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
        {
            if (Conflicts == 0 || !units.Any(unit => unit.MessageCount > 0))
                return inner.Commit(units);
            Conflicts--;
            foreach (CommitUnit unit in units)
                unit.Outcome = CommitOutcome.Conflict;
            return [];
        }

        public string? Probe() => inner.Probe();
    }
}
