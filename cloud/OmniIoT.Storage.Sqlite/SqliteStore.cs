using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.State;
using OmniIoT.Ports.Systems;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sql.Reading;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;
using OmniIoT.Storage.Sqlite.Searching;
using OmniIoT.Storage.Sqlite.Writing;

namespace OmniIoT.Storage.Sqlite;

/// <summary>
/// The embedded store: one database file, one writer, any number of readers, each seeing the last commit. Queries fail with
/// <see cref="StorageUnavailableException"/> when the file cannot be read, and lists with <see cref="FormatException"/> when
/// the cursor is none of theirs.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    internal const string FileName = "omniiot.db";

    private readonly DataDirectoryLock _lock;
    private readonly StoreWriter _writer;
    private readonly ReaderPool _readers;
    private readonly DatabaseInspection _inspection;

    private SqliteStore(SqliteStoreOptions options, DataDirectoryLock directoryLock, SecretSealer sealer, StoreSurroundings around)
    {
        string path = Path.Combine(options.Directory, FileName);
        (_lock, Sealer) = (directoryLock, sealer);
        _inspection = new DatabaseInspection(path, around.Damage);
        _writer = new StoreWriter(path, options.KeptChanges, around.Time, around.Logger);
        _readers = new ReaderPool(path) { OnDamage = _inspection.Tell, OnOpen = EntryText.Define };
        GrainReader grains = new(_readers);
        (Grains, Mail, Credentials) = (grains, grains, grains);
        SqliteReader sql = new(_readers);
        WordIndex words = new(sql);
        OutboxReader outbox = new(sql);
        (Outbox, DeadLetters) = (outbox, outbox);
        StagedTelemetry = new StagedTelemetryReader(_readers);
        Changes = new ChangeReader(_readers);
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
        FenceLog = new FenceLogReader(sql);
        Search = new SearchReader(sql, words);
        Sessions = new SessionReader(sql);
        Provisioning = new ProvisioningReader(sql);
        AuditReader audit = new(sql);
        (Audit, AuditTrail) = (audit, audit);
    }

    public ICommitStore Commits => _writer;

    public ISequenceStore Sequences => _writer;

    public IGrainStore Grains { get; }

    public IGrainMail Mail { get; }

    public ICredentialStore Credentials { get; }

    /// <summary>With the key that belongs to this store's secrets.</summary>
    public SecretSealer Sealer { get; }

    public IStagedTelemetry StagedTelemetry { get; }

    public IChangeLog Changes { get; }

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

    /// <summary>Of fences only: this process knows of all else that it changes.</summary>
    public ICatalogLog FenceLog { get; }

    public IOutboxQueries Outbox { get; }

    public ISessionStore Sessions { get; }

    public IProvisioningQueries Provisioning { get; }

    public IAuditQueries Audit { get; }

    public IAuditTrail AuditTrail { get; }

    /// <summary>Opens the store, creating it or bringing it to the newest version.</summary>
    /// <param name="logger">Null: what goes wrong beside the commits is not told.</param>
    /// <param name="damage">Null: what is found damaged is told to nobody.</param>
    /// <exception cref="DataDirectoryInUseException">Another process has the directory.</exception>
    /// <exception cref="DatabaseTooNewException">A newer version of the program wrote the database.</exception>
    /// <exception cref="StorageUnavailableException">The directory cannot be written to, or the file is damaged.</exception>
    public static SqliteStore Open(
        SqliteStoreOptions options,
        TimeProvider time,
        ILogger<SqliteStore>? logger = null,
        KnownDamage? damage = null
    )
    {
        DataDirectoryLock directoryLock = TakeDirectory(options.Directory);
        SqliteStore store = new(
            options,
            directoryLock,
            ReadSealer(options, directoryLock),
            new StoreSurroundings(time, logger ?? NullLogger<SqliteStore>.Instance, damage)
        );
        try
        {
            store._inspection.LookAtLog();
            store._writer.Prepare(Migration.Embedded(typeof(SqliteStore).Assembly));
            store._inspection.Begin();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _inspection.Dispose();
        _readers.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    private static SecretSealer ReadSealer(SqliteStoreOptions options, DataDirectoryLock directoryLock)
    {
        try
        {
            return new SecretSealer(KeyFile.ReadOrCreate(options));
        }
        catch (Exception error)
        {
            directoryLock.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw new StorageUnavailableException($"The key file cannot be read or written: {error.Message}", error);
            throw;
        }
    }

    private static DataDirectoryLock TakeDirectory(string directory)
    {
        try
        {
            OwnerOnly.CreateDirectory(directory);
            DataDirectoryLock.RequireUsable(directory);
            return DataDirectoryLock.Take(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"The data directory {directory} cannot be written to: {error.Message}", error);
        }
    }

    private readonly record struct StoreSurroundings(TimeProvider Time, ILogger Logger, KnownDamage? Damage);
}
