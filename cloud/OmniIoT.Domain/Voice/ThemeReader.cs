using System.Text.Json;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Voice;

/// <summary>Reads <c>{"keywords":{"en":["noise","loud"],"az":[]}}</c>, where a list without languages is of all.</summary>
public static class ThemeReader
{
    private const int MaxKeywords = 200;
    private const int MaxKeyword = 100;
    private const int MaxName = 200;

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Theme> Read(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "keywords"],
            fields =>
            {
                fields.Text("name", MaxName);
                Theme theme = new(id, fields.Lists("keywords", MaxKeywords, MaxKeyword));
                if (theme.Keywords.Values.All(static words => words.Count == 0) && !fields.HasMistakes)
                    fields.RefuseAs("keywords", MistakeKinds.Empty);
                return theme;
            }
        );
}
