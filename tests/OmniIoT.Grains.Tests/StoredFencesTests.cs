using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

/// <summary>What is kept of the fences between runs is as good as reading them all, or is not used.</summary>
public sealed class StoredFencesTests : IDisposable
{
    private const int Many = 1_200;

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteStore _store;
    private int _reads;

    public StoredFencesTests()
    {
        _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, TimeProvider.System);
        Put([.. Enumerable.Range(0, Many).Select(number => $"f{number}")]);
    }

    private string FilePath => Path.Combine(_directory.Path, "fences.index");

    [Fact]
    public async Task A_start_reads_the_file_and_what_changed_since()
    {
        await SaveAsync();
        Put("f7", "new");
        Commit(new DeleteDocument(DocumentKind.Fence, "f8"));
        _reads = 0;

        FenceIndex index = await NewFences().LoadAsync(Read, AllAsync, CancellationToken.None);

        Assert.Equal((Many, 2), (index.Count, _reads));
        Assert.Equal("v2", Named(index, "f7"));
        Assert.Equal("v1", Named(index, "f9"));
        Assert.False(index.TryGet("f8", out _));
        Assert.True(index.TryGet("new", out _));
    }

    [Fact]
    public async Task A_file_of_another_database_is_not_used()
    {
        await SaveAsync();
        File.Move(FilePath, FilePath + ".old");
        Commit(new DeleteDocument(DocumentKind.Fence, "f1"));
        await SaveAsync(version: 1_000_000);
        _reads = 0;

        FenceIndex index = await NewFences().LoadAsync(Read, AllAsync, CancellationToken.None);

        Assert.Equal((Many - 1, Many - 1), (index.Count, _reads));
    }

    [Fact]
    public async Task A_damaged_file_is_not_used()
    {
        await SaveAsync();
        byte[] file = await File.ReadAllBytesAsync(FilePath);
        file[file.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(FilePath, file);
        _reads = 0;

        FenceIndex index = await NewFences().LoadAsync(Read, AllAsync, CancellationToken.None);

        Assert.Equal((Many, Many), (index.Count, _reads));
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private StoredFences NewFences() =>
        new(new GrainsOptions { FenceFile = FilePath }, _store.Documents, NullLogger<StoredFences>.Instance, _store.FenceLog);

    private async Task SaveAsync(long? version = null)
    {
        StoredFences fences = NewFences();
        FenceIndex index = await fences.LoadAsync(Read, AllAsync, CancellationToken.None);
        fences.Save(index, version ?? fences.Version);
    }

    private Fence? Read(Document document)
    {
        _reads++;
        int number = Encoding.UTF8.GetString(document.Json).GetHashCode(StringComparison.Ordinal) & 0xFF;
        return new Fence(
            document.Id,
            "s",
            string.Create(CultureInfo.InvariantCulture, $"v{document.Version}"),
            new Circle(new Position(40 + (number * 0.01), 49), 50)
        );
    }

    private async Task<IEnumerable<Fence>> AllAsync(CancellationToken cancellationToken)
    {
        List<Fence> all = [];
        string? cursor = null;
        do
        {
            Page<Document> page = await _store.Documents.ListAsync(
                DocumentKind.Fence,
                new PageRequest(cursor, PageRequest.MaximumLimit),
                cancellationToken
            );
            all.AddRange(page.Items.Select(Read).OfType<Fence>());
            cursor = page.Next;
        } while (cursor is not null);
        return all;
    }

    private static string? Named(FenceIndex index, string id) => index.TryGet(id, out Fence? fence) ? fence.Name : null;

    private void Put(params string[] ids) =>
        Commit([.. ids.Select(id => new PutDocument(DocumentKind.Fence, id, Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\"}}")))]);

    private void Commit(params Effect[] effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        _store.Commits.Commit([unit]);
    }
}
