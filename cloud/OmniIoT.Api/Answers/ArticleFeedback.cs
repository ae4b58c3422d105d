using System.Text.Json;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Api.Answers;

/// <summary>What readers think of an article. Who they are is not kept: each only raises the version of one of two documents.</summary>
internal static class ArticleFeedback
{
    public static string IdOf(string articleId, bool helped) => $"{articleId}:{(helped ? "yes" : "no")}";

    public static PutDocument Note(string articleId, bool helped) =>
        new(DocumentKind.Feedback, IdOf(articleId, helped), JsonSerializer.SerializeToUtf8Bytes(new { articleId, helped }));
}
