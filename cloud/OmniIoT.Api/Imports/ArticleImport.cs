using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Answers;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Api.Imports;

internal sealed class ArticleImport(ArticleWriting articles, ICommitter committer, ICatalog catalog) : IImportKind
{
    public string Name => "articles";

    public RightSet Rights => RightSet.Of("articles:write");

    public Type Shape => typeof(ArticleBody);

    public async ValueTask<ImportStep> CheckAsync(string id, JsonObject row, HttpContext context, CancellationToken cancellationToken)
    {
        // Either an array or one by language, so that its shape does not tell that a cell may hold several.
        if (row["keywords"] is JsonValue words && words.GetValueKind() == JsonValueKind.String)
            row["keywords"] = ImportColumn.Several((string)words!);
        (ReadOnlyMemory<byte> json, Effect version) = await articles.ReadAsync(id, OmniJson.Utf8(row), context, cancellationToken);
        return new ImportStep(id, !catalog.Answers.Articles.ContainsKey(id), StoreAsync);

        async Task<string?> StoreAsync()
        {
            await committer.CommitAsync(new CommitUnit { Effects = { new PutDocument(DocumentKind.Article, id, json), version } });
            await catalog.RefreshAsync(DocumentKind.Article, id, CancellationToken.None);
            return null;
        }
    }
}
