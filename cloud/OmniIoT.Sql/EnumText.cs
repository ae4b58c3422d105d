using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OmniIoT.Sql;

/// <summary>Enumerations as columns hold them: the words that JSON has too.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>()
        .ToDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public static string Of(T value) => Words[value];

    public static T Parse(string word) => Words.First(pair => pair.Value == word).Key;

    [return: NotNullIfNotNull(nameof(value))]
    public static string? Of(T? value) => value is { } some ? Words[some] : null;
}
