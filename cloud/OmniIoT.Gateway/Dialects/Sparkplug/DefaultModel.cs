using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>The models of devices that came without one: empty, so that metrics of any name are kept. People may fill them in.</summary>
internal sealed class DefaultModel(IDocumentQueries documents, ICommitter committer, ICatalog catalog, TimeProvider time)
{
    /// <summary>The model that a birth names, when there is one; else the bare one, which is written when it is first needed.</summary>
    public async ValueTask<string> ChooseAsync(string? named, BareModel bare, CancellationToken cancellationToken)
    {
        if (named is not null && await documents.FindAsync(DocumentKind.Model, named, cancellationToken) is not null)
            return named;
        if (await documents.FindAsync(DocumentKind.Model, bare.Id, cancellationToken) is null)
            await WriteAsync(bare, cancellationToken);
        return bare.Id;
    }

    // Of two that write it at once one is late, which is as good.
    private async ValueTask WriteAsync(BareModel bare, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = bare.Id, ["name"] = bare.Name });
        await time.TryUntilStoredAsync(
            () =>
                committer.CommitAsync(
                    new CommitUnit { Effects = { new PutDocument(DocumentKind.Model, bare.Id, json, ExpectedVersion: 0) } }
                ),
            cancellationToken
        );
        await catalog.RefreshAsync(DocumentKind.Model, bare.Id, cancellationToken);
    }
}
