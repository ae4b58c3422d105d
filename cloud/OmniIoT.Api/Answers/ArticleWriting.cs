using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;

namespace OmniIoT.Api.Answers;

/// <summary>Reads articles that are written, and makes their versions.</summary>
internal sealed class ArticleWriting(DocumentStore documents, IdGenerator ids)
{
    /// <returns>The document to store, and the version to store beside it.</returns>
    /// <exception cref="ProblemException">It is no article, or names models that are not there.</exception>
    public async ValueTask<(ReadOnlyMemory<byte> Json, Effect Version)> ReadAsync(
        string id,
        ReadOnlyMemory<byte> utf8,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (Article article, ReadOnlyMemory<byte> json) = DocumentJson.Read(id, utf8, ArticleReader.Read);
        await CheckModelsAsync(article, cancellationToken);
        return (json, DocumentVersions.Articles.Next(id, json, context, ids));
    }

    private async Task CheckModelsAsync(Article article, CancellationToken cancellationToken)
    {
        Mistakes mistakes = new();
        for (int i = 0; i < article.Models.Count; i++)
        {
            if (!await documents.ExistsAsync(DocumentKind.Model, article.Models[i], cancellationToken))
                mistakes.Add($"/models/{i}", Wrong.Unknown("model", article.Models[i]));
        }
        mistakes.ThrowIfAny();
    }
}
