using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Storage;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace OmniIoT.Storage.Postgres.Tests;

public sealed class PostgresCommitTests(SharedPostgres postgres) : CommitContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresGrainStoreTests(SharedPostgres postgres) : GrainStoreContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresDocumentTests(SharedPostgres postgres) : DocumentContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresDeviceTests(SharedPostgres postgres) : DeviceContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresSearchTests(SharedPostgres postgres) : SearchContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresCaseTests(SharedPostgres postgres) : CaseContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresTimelineTests(SharedPostgres postgres) : TimelineContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresChangeLogTests(SharedPostgres postgres) : ChangeLogContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresChangeDeliveryTests(SharedPostgres postgres) : ChangeDeliveryContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresCustomerTests(SharedPostgres postgres) : CustomerContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresErasureTests(SharedPostgres postgres) : ErasureContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresConversationTests(SharedPostgres postgres) : ConversationContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresCallBackTests(SharedPostgres postgres) : CallBackContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresOutgoingTests(SharedPostgres postgres) : OutgoingContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresSessionTests(SharedPostgres postgres) : SessionContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresProvisioningTests(SharedPostgres postgres) : ProvisioningContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresAuditTests(SharedPostgres postgres) : AuditContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresWorkTests(SharedPostgres postgres) : WorkContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresVoiceTests(SharedPostgres postgres) : VoiceContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}

public sealed class PostgresBoundsTests(SharedPostgres postgres) : BoundsContract
{
    protected override IStoreUnderTest Open() => new PostgresStoreUnderTest(postgres);
}
