using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

public sealed class SqliteCommitTests : CommitContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteGrainStoreTests : GrainStoreContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteDocumentTests : DocumentContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteDeviceTests : DeviceContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteSearchTests : SearchContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteCaseTests : CaseContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteTimelineTests : TimelineContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteChangeLogTests : ChangeLogContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteChangeDeliveryTests : ChangeDeliveryContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteCustomerTests : CustomerContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteErasureTests : ErasureContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteConversationTests : ConversationContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteCallBackTests : CallBackContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteOutgoingTests : OutgoingContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteSessionTests : SessionContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteProvisioningTests : ProvisioningContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteAuditTests : AuditContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteWorkTests : WorkContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteVoiceTests : VoiceContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}

public sealed class SqliteBoundsTests : BoundsContract
{
    protected override IStoreUnderTest Open() => new SqliteStoreUnderTest();
}
