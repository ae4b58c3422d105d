using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.State;
using OmniIoT.Ports.Systems;
using OmniIoT.Ports.Telemetry;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>A store that starts empty, as the contract tests see it. Disposing removes all it wrote.</summary>
public interface IStoreUnderTest : IDisposable
{
    ICommitStore Commits { get; }

    ISequenceStore Sequences { get; }

    IGrainStore Grains { get; }

    IGrainMail Mail { get; }

    ICredentialStore Credentials { get; }

    IStagedTelemetry StagedTelemetry { get; }

    IChangeLog Changes { get; }

    IDeviceQueries Devices { get; }

    IAlarmQueries Alarms { get; }

    IBoundsQueries Bounds { get; }

    ICaseQueries Cases { get; }

    IWorkQueries Work { get; }

    ITimelineQueries Timeline { get; }

    ICustomerQueries Customers { get; }

    ICampaignQueries Campaigns { get; }

    IConversationQueries Conversations { get; }

    ICallBackQueries CallBacks { get; }

    IChangeDeliveries ChangeDeliveries { get; }

    ISurveyQueries Surveys { get; }

    IFigureQueries Figures { get; }

    IOutgoingMessages OutgoingMessages { get; }

    IAttachmentQueries Attachments { get; }

    IDeadLetterQueries DeadLetters { get; }

    IDocumentQueries Documents { get; }

    ISearch Search { get; }

    IOutboxQueries Outbox { get; }

    ISessionStore Sessions { get; }

    IProvisioningQueries Provisioning { get; }

    IAuditQueries Audit { get; }

    IAuditTrail AuditTrail { get; }

    /// <summary>Writes past the store, as whoever has the database may, with nothing in the way that keeps the trail from it.</summary>
    void Forge(string sql);

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    void Reopen();
}

/// <summary>What every contract of a store has in common.</summary>
public abstract class StoreContract : IDisposable
{
    private readonly Lazy<IStoreUnderTest> _store;

    protected StoreContract() => _store = new Lazy<IStoreUnderTest>(Open);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IStoreUnderTest Store => _store.Value;

    public void Dispose()
    {
        if (_store.IsValueCreated)
            _store.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a fresh store. <see cref="KeptChanges"/> is how many changes its log keeps.</summary>
    protected abstract IStoreUnderTest Open();

    /// <summary>Small, so that a test can overflow the log.</summary>
    public const int KeptChanges = 500;

    /// <summary>Commits the effects as one unit.</summary>
    protected IReadOnlyList<Change> Commit(params IEnumerable<Effect> effects)
    {
        CommitUnit unit = UnitOf(effects);
        IReadOnlyList<Change> changes = Store.Commits.Commit([unit]);
        Assert.Equal(CommitOutcome.Committed, unit.Outcome);
        return changes;
    }

    protected static CommitUnit UnitOf(params IEnumerable<Effect> effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        return unit;
    }

    /// <summary>Reads a list page by page to its end.</summary>
    protected static async Task<List<T>> AllPages<T>(Func<PageRequest, ValueTask<Page<T>>> list, int limit)
    {
        List<T> items = [];
        string? cursor = null;
        do
        {
            Page<T> page = await list(new PageRequest(cursor, limit));
            Assert.InRange(page.Items.Count, 0, limit);
            Assert.True(page.Next is null || page.Items.Count == limit, "Only the last page may be short.");
            items.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);
        return items;
    }

    /// <summary>Records are equal when they are stored alike.</summary>
    protected static void AssertSame<T>(T expected, T actual) => Assert.Equal(Text(expected), Text(actual));

    private static string Text<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, OmniJson.Options);
}
