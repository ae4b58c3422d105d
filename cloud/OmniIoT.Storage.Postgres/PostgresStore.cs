using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.State;
using OmniIoT.Ports.Systems;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Sql.Reading;
using OmniIoT.Storage.Postgres.Reading;
using OmniIoT.Storage.Postgres.Searching;
using OmniIoT.Storage.Postgres.Writing;

namespace OmniIoT.Storage.Postgres;

/// <summary>
/// The clustered store: one PostgreSQL database, any number of processes that write, each one commit at a time. Queries fail with
/// <see cref="StorageUnavailableException"/> when the database cannot be asked, and lists with <see cref="FormatException"/> when
/// the cursor is none of theirs.
/// </summary>
public sealed class PostgresStore : IDisposable
{
    /// <summary>Whose versions the migrations are.</summary>
    internal const string Schema = "storage";

    private readonly Database _database;
    private readonly StoreWriter _writer;

    private PostgresStore(PostgresStoreOptions options, TimeProvider time)
    {
        Sealer = new SecretSealer(options.Key);
        _database = new Database(options.ConnectionString, options.MaxConnections, "OmniIoT storage");
        _writer = new StoreWriter(_database, options, time);
        PostgresReader sql = new(_database);
        GrainReader grains = new(sql);
        (Grains, Mail, Credentials) = (grains, grains, grains);
        TrigramIndex words = new();
        OutboxReader outbox = new(sql);
        (Outbox, DeadLetters) = (outbox, outbox);
        Lanes = new StagedLanes(_database, sql);
        StagedTelemetry = Lanes.Of(options.Lane);
        Changes = new ChangeReader(sql);
        CatalogLog = new CatalogLogReader(sql);
        Devices = new DeviceReader(sql, words);
        Alarms = new AlarmReader(sql);
        Bounds = new BoundsReader(sql);
        Cases = new CaseReader(sql, words);
        Work = new WorkReader(sql);
        Timeline = new TimelineReader(sql, words);
        Customers = new CustomerReader(sql, words);
        Campaigns = new CampaignReader(sql);
        Conversations = new ConversationReader(sql, words);
        CallBacks = new CallBackReader(sql);
        ChangeDeliveries = new DeliveryReader(sql);
        Surveys = new SurveyReader(sql);
        Figures = new FigureReader(sql);
        OutgoingMessages = new OutgoingReader(sql);
        Attachments = new AttachmentReader(sql);
        Documents = new DocumentReader(sql, words);
        Search = new SearchReader(sql, words);
        Sessions = new SessionReader(sql);
        SharedSessions = new SharedSessions(_database, sql, options.Lane);
        Provisioning = new ProvisioningReader(sql);
        AuditReader audit = new(sql);
        (Audit, AuditTrail) = (audit, audit);
        Clock = new DatabaseClock(_database, time);
    }

    public ICommitStore Commits => _writer;

    public ISequenceStore Sequences => _writer;

    public IGrainStore Grains { get; }

    public IGrainMail Mail { get; }

    public ICredentialStore Credentials { get; }

    /// <summary>With the key of the options.</summary>
    public SecretSealer Sealer { get; }

    /// <summary>What this process staged.</summary>
    public IStagedTelemetry StagedTelemetry { get; }

    /// <summary>What other processes staged: to be moved on by another when one of them is gone.</summary>
    public IStagedLanes Lanes { get; }

    public IChangeLog Changes { get; }

    public ICatalogLog CatalogLog { get; }

    public IDeviceQueries Devices { get; }

    public IAlarmQueries Alarms { get; }

    public IBoundsQueries Bounds { get; }

    public ICaseQueries Cases { get; }

    public IWorkQueries Work { get; }

    public ITimelineQueries Timeline { get; }

    public ICustomerQueries Customers { get; }

    public ICampaignQueries Campaigns { get; }

    public IConversationQueries Conversations { get; }

    public ICallBackQueries CallBacks { get; }

    public IChangeDeliveries ChangeDeliveries { get; }

    public ISurveyQueries Surveys { get; }

    public IFigureQueries Figures { get; }

    public IOutgoingMessages OutgoingMessages { get; }

    public IAttachmentQueries Attachments { get; }

    public IDeadLetterQueries DeadLetters { get; }

    public IDocumentQueries Documents { get; }

    public ISearch Search { get; }

    public IOutboxQueries Outbox { get; }

    public ISessionStore Sessions { get; }

    public ISharedSessions SharedSessions { get; }

    public IProvisioningQueries Provisioning { get; }

    public IAuditQueries Audit { get; }

    public IAuditTrail AuditTrail { get; }

    public ISharedClock Clock { get; }

    /// <summary>
    /// Opens the store, creating its tables or bringing them to the newest version. Of processes that start at once one does, the others
    /// wait.
    /// </summary>
    /// <param name="logger">Null: how far the start is with what an earlier version stored is not told.</param>
    /// <exception cref="DatabaseTooNewException">A newer version of the program wrote the database.</exception>
    /// <exception cref="OtherKeyException">The secrets in the database are sealed with another key than that of the options.</exception>
    /// <exception cref="StorageUnavailableException">The database is away, or refuses us.</exception>
    public static PostgresStore Open(PostgresStoreOptions options, TimeProvider time, ILogger<PostgresStore>? logger = null)
    {
        PostgresStore store = new(options, time);
        try
        {
            Migrator.Upgrade(store._database, Schema, Migration.Embedded(typeof(PostgresStore).Assembly), time);
            logger ??= NullLogger<PostgresStore>.Instance;
            store._database.InTransaction(connection =>
            {
                CustomerWriter.Renew(new CommitWork(connection));
                return true;
            });
            Refolding.Run(store._database, logger);
            if (!store._database.InTransaction(connection => KeyCheck.IsKeyOf(connection, store.Sealer)))
                throw new OtherKeyException(store._database.Name);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose() => _database.Dispose();
}
