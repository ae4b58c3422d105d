using OmniIoT.Api.Access;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Two processes make the first credentials at once: each looks before the other has written.</summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;

    public FirstStartTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, TimeProvider.System);

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task One_makes_the_agent_and_its_password_is_the_one_that_is_shown()
    {
        string? first = await Accounts(new Late(_store.Documents)).SeedAsync(CancellationToken.None);
        string? second = await Accounts(new Late(_store.Documents)).SeedAsync(CancellationToken.None);

        AgentAccount stored = (await Accounts(_store.Documents).FindAsync(AgentAccounts.FirstAgent, CancellationToken.None))!;
        Assert.True(SecretHasher.Verify(System.Text.Encoding.UTF8.GetBytes(first!), stored.PasswordHash));
        Assert.Null(second);
    }

    [Fact]
    public async Task One_makes_the_key_and_both_know_it()
    {
        ApiKey a = new(new Late(_store.Documents), new DirectCommitter(_store)),
            b = new(new Late(_store.Documents), new DirectCommitter(_store));

        string? made = await a.PrepareAsync(null, CancellationToken.None);

        Assert.Null(await b.PrepareAsync(null, CancellationToken.None));
        Assert.True(a.Matches(made!));
        Assert.True(b.Matches(made!));
    }

    private AgentAccounts Accounts(IDocumentQueries documents) => new(new AccessDocuments(documents, new DirectCommitter(_store)));

    /// <summary>Sees nothing at the first look.</summary>
    private sealed class Late(IDocumentQueries documents) : IDocumentQueries
    {
        private bool _looked;

        public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellationToken)
        {
            if (_looked)
                return documents.FindAsync(kind, id, cancellationToken);
            _looked = true;
            return ValueTask.FromResult<Document?>(null);
        }

        public ValueTask<Page<Document>> ListAsync(
            DocumentKind kind,
            PageRequest page,
            CancellationToken cancellationToken,
            DocumentFilter? filter = null
        ) => ValueTask.FromResult(new Page<Document>([], null));

        public ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(
            DocumentKind kind,
            IReadOnlyCollection<string> ids,
            CancellationToken cancellationToken
        ) => documents.NamesAsync(kind, ids, cancellationToken);
    }
}
