using System.Text.Json;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Calls;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>Reads stored articles, bots and voice menus; null: one that is not understood.</summary>
internal static class AnswerDocuments
{
    public static Article? ReadArticle(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return ArticleReader.Read(document.Id, json.RootElement).Value;
    }

    public static Flow? ReadFlow(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return FlowReader.Read(document.Id, json.RootElement).Value;
    }

    public static Bot? ReadBot(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return BotReader.Read(document.Id, json.RootElement).Value;
    }
}
