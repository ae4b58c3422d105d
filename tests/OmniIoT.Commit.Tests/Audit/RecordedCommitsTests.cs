using Microsoft.Extensions.Logging;
using OmniIoT.Commit.Audit;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests.Audit;

/// <summary>Changes on somebody's behalf stand on record, and the log tells what concerns security.</summary>
public sealed class RecordedCommitsTests : IAsyncDisposable
{
    private readonly CommitBench _bench = new();
    private readonly RecordedLog _log = new(LogLevel.Information);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    public static TheoryData<string, int?, Effect> Deeds { get; } =
        new()
        {
            { "agent.changed", 1706, new PutDocument(DocumentKind.Agent, "ann", "{}"u8.ToArray()) },
            { "setting.changed", 1706, new PutDocument(DocumentKind.Setting, "api-key", "\"secret\""u8.ToArray()) },
            { "site.changed", null, new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray()) },
            { "customer.changed", null, new PutCustomer(Samples.Customer("c1", "Renamed")) },
            { "customer.erased", 1710, new EraseCustomer("c1") },
            { "customer.merged", null, new PutMerge(Samples.Merge("c2", "c1")) },
            { "device.changed", null, new PutDevice(Samples.Device("d1")) },
            { "token.created", 1707, new PutCredential(EntityId.Customer("c1"), "hash") },
            { "token.ended", 1708, new PutCredential(EntityId.Customer("c1"), null) },
            { "certificate.trusted", 1707, new PutCertificate(EntityId.Device("d1"), "ab") },
            { "certificate.revoked", 1708, new DeleteCertificate("ab") },
            { "claimCode.created", 1707, new PutClaimCode("d1", "hash") },
        };

    [Theory]
    [MemberData(nameof(Deeds), DisableDiscoveryEnumeration = true)]
    public async Task What_somebody_does_is_on_record_with_its_commit(string action, int? logId, Effect effect)
    {
        await _bench.CommitAsync(new PutCustomer(Samples.Customer("c1")), new PutCustomer(Samples.Customer("c2")));

        await CommitAsync(new Origin("agent:ann", "192.0.2.7"), effect);

        AuditEntry entry = (await EntriesAsync())[^1];
        Assert.Equal(("agent:ann", "192.0.2.7", action), (entry.Actor, entry.Address, entry.Action));
        Assert.Equal(logId is { } id ? [id] : [], _log.Entries.Select(line => line.Id));
        Assert.DoesNotContain("secret", entry.After?.ToString() ?? "", StringComparison.Ordinal);
    }

    /// <summary>Who changes one of a list says which.</summary>
    [Theory]
    [InlineData("sessions:ann")]
    [InlineData("roles")]
    [InlineData("api-keys")]
    public async Task The_lists_that_sessions_roles_and_keys_are_kept_in_are_not(string id)
    {
        await CommitAsync(new Origin("agent:ann", null), new PutDocument(DocumentKind.Setting, id, "{}"u8.ToArray()));

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task What_nobody_answers_for_is_not()
    {
        await CommitAsync(null, new PutDevice(Samples.Device("d1")));

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task A_conflict_is_neither_on_record_nor_in_the_log()
    {
        CommitOutcome outcome = await CommitAsync(
            new Origin("api", null),
            new PutDocument(DocumentKind.Agent, "ann", "{}"u8.ToArray(), ExpectedVersion: 5)
        );

        Assert.Equal(CommitOutcome.Conflict, outcome);
        Assert.Empty(await EntriesAsync());
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_unit_that_names_nobody_has_the_origin_of_the_call()
    {
        CallOrigin.Current = new Origin("agent:bob", null);

        await CommitAsync(null, new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray()));

        Assert.Equal("agent:bob", Assert.Single(await EntriesAsync()).Actor);
    }

    private Task<CommitOutcome> CommitAsync(Origin? origin, Effect effect)
    {
        IdGenerator ids = new(_bench.Time, new Random(1));
        RecordedCommits recorded = new(_bench.Committer, ids, _log.For<RecordedCommits>());
        CommitUnit unit = new() { Origin = origin, Effects = { effect } };
        return Awaited.Within(recorded.CommitAsync(unit), "commit");
    }

    /// <summary>Oldest first.</summary>
    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        [
            .. (
                await _bench.Store.Audit.ListAsync(new AuditFilter(), new PageRequest(null, 100), TestContext.Current.CancellationToken)
            ).Items.Reverse(),
        ];
}
