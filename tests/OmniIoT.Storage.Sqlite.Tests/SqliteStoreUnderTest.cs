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
using OmniIoT.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>An embedded store in a directory of its own.</summary>
internal sealed class SqliteStoreUnderTest : IStoreUnderTest
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore _store;

    public SqliteStoreUnderTest() => _store = OpenStore();

    public ICommitStore Commits => _store.Commits;

    public ISequenceStore Sequences => _store.Sequences;

    public IGrainStore Grains => _store.Grains;

    public IGrainMail Mail => _store.Mail;

    public ICredentialStore Credentials => _store.Credentials;

    public IStagedTelemetry StagedTelemetry => _store.StagedTelemetry;

    public IChangeLog Changes => _store.Changes;

    public IDeviceQueries Devices => _store.Devices;

    public IAlarmQueries Alarms => _store.Alarms;

    public IBoundsQueries Bounds => _store.Bounds;

    public ICaseQueries Cases => _store.Cases;

    public IWorkQueries Work => _store.Work;

    public ITimelineQueries Timeline => _store.Timeline;

    public ICustomerQueries Customers => _store.Customers;

    public ICampaignQueries Campaigns => _store.Campaigns;

    public IConversationQueries Conversations => _store.Conversations;

    public ICallBackQueries CallBacks => _store.CallBacks;

    public IChangeDeliveries ChangeDeliveries => _store.ChangeDeliveries;

    public ISurveyQueries Surveys => _store.Surveys;

    public IFigureQueries Figures => _store.Figures;

    public IOutgoingMessages OutgoingMessages => _store.OutgoingMessages;

    public IAttachmentQueries Attachments => _store.Attachments;

    public IDeadLetterQueries DeadLetters => _store.DeadLetters;

    public IDocumentQueries Documents => _store.Documents;

    public ISearch Search => _store.Search;

    public IOutboxQueries Outbox => _store.Outbox;

    public ISessionStore Sessions => _store.Sessions;

    public IProvisioningQueries Provisioning => _store.Provisioning;

    public IAuditQueries Audit => _store.Audit;

    public IAuditTrail AuditTrail => _store.AuditTrail;

    public void Forge(string sql)
    {
        using DatabaseConnection connection = DatabaseConnection.OpenWriter(
            Path.Combine(_directory.Path, SqliteStore.FileName),
            new WriterOptions(PageSize: 4096, CacheKibibytes: 1024, CheckpointPages: 1000, JournalSizeLimit: 1 << 20)
        );
        foreach (string trigger in new[] { "audit_stays", "audit_is_fixed", "audit_values_are_only_cut" })
            connection.Execute("DROP TRIGGER " + trigger);
        connection.Execute(sql);
    }

    public void Reopen()
    {
        _store.Dispose();
        _store = OpenStore();
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private SqliteStore OpenStore() =>
        SqliteStore.Open(
            new SqliteStoreOptions { Directory = _directory.Path, KeptChanges = StoreContract.KeptChanges },
            TimeProvider.System
        );
}
