using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>The model of devices that came without one: empty, so that metrics of any name are kept. People may fill it in.</summary>
internal sealed class DefaultModel(
    IDocumentQueries documents,
    ICommitter committer,
    ICatalog catalog,
    TimeProvider time
)
{
    public const string Id = "sparkplug";

    private static readonly byte[] Json =
        """{"id":"sparkplug","name":"Sparkplug B device"}"""u8.ToArray();

    /// <summary>The model that a birth names, when there is one; else this one, which is written when it is first needed.</summary>
    public async ValueTask<string> ChooseAsync(string? named, CancellationToken cancellationToken)
    {
        if (
            named is not null
            && await documents.FindAsync(DocumentKind.Model, named, cancellationToken) is not null
        )
            return named;
        if (await documents.FindAsync(DocumentKind.Model, Id, cancellationToken) is null)
            await WriteAsync(cancellationToken);
        return Id;
    }

    // Of two that write it at once one is late, which is as good.
    private async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        await time.TryUntilStoredAsync(
            () =>
                committer.CommitAsync(
                    new CommitUnit
                    {
                        Effects =
                        {
                            new PutDocument(DocumentKind.Model, Id, Json, ExpectedVersion: 0),
                        },
                    }
                ),
            cancellationToken
        );
        await catalog.RefreshAsync(DocumentKind.Model, Id, cancellationToken);
    }
}
