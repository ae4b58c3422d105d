using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;

namespace OmniIoT.Edge.Settings;

/// <summary>A part of the settings that is read value by value; what is wrong is noted with its place, and the default taken.</summary>
/// <param name="mistakes">Of all the settings, in the order of reading.</param>
internal sealed class SettingsSection(IConfiguration configuration, ICollection<string> mistakes)
{
    private readonly string _prefix = configuration is IConfigurationSection section ? section.Path + ":" : "";

    /// <summary>The last part of its place.</summary>
    public string Key => ((IConfigurationSection)configuration).Key;

    /// <summary>Null when missing; what is there and is no text, or an empty one, is noted.</summary>
    public string? Text(string key)
    {
        if (configuration[key] is { Length: > 0 } text)
            return text;
        if (configuration[key] is not null)
            Mistake(key, "", "a value; leave it out for its default");
        else if (configuration.GetSection(key).GetChildren().Any())
            Mistake(key, "{…}", "one value");
        return null;
    }

    /// <summary>
    /// What the file of that path holds, without blanks around it; null when none is named, and noted when it cannot be had.
    /// </summary>
    public string? File(string key)
    {
        if (Text(key) is not { } path)
            return null;
        try
        {
            string content = System.IO.File.ReadAllText(path).Trim();
            if (content.Length == 0)
                Mistake(key, path, "a file with a secret in it");
            return content;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Mistake(key, path, $"a file that can be read: {failure.Message}");
            return "";
        }
    }

    /// <summary>
    /// What is there, as JSON: configuration knows texts alone, so that numbers are texts, and only true and false are told apart.
    /// </summary>
    public JsonNode? Json(string key) => Json(configuration.GetSection(key));

    public bool Has(string key) => configuration.GetSection(key).Exists();

    public double Number(string key, double standard, double least, double most)
    {
        if (Text(key) is not { } text)
            return standard;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
            return number;
        Mistake(key, text, string.Create(CultureInfo.InvariantCulture, $"a number of {least} to {most}"));
        return standard;
    }

    /// <summary>Null when missing.</summary>
    public int? Whole(string key, int least, int most)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
            return number;
        Mistake(key, text, $"a whole number of {least} to {most}");
        return null;
    }

    public TimeSpan Span(string key, TimeSpan standard)
    {
        if (Text(key) is not { } text)
            return standard;
        if (Duration.TryParse(text, out TimeSpan span))
            return span;
        Mistake(key, text, Duration.Allowed);
        return standard;
    }

    public bool Flag(string key) => Choice(key, false, ("true", true), ("false", false));

    /// <summary>One of a few words, in any case of letters.</summary>
    public T Choice<T>(string key, T standard, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (Text(key) is not { } text)
            return standard;
        foreach ((string? word, T? value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        Mistake(key, text, string.Join(" or ", choices.ToArray().Select(choice => choice.Word)));
        return standard;
    }

    /// <summary>An id that none before it has.</summary>
    public string Id(ISet<string> taken)
    {
        string id = Text("id") ?? "";
        if (!Identifier.IsValid(id))
            Mistake("id", id, Identifier.Allowed);
        else if (!taken.Add(id))
            Mistake("id", id, "an id that no other has");
        return id;
    }

    /// <summary>The elements of an array, or the members of an object, which are objects; another value is noted.</summary>
    public IReadOnlyList<SettingsSection> Children(string key)
    {
        IConfigurationSection list = configuration.GetSection(key);
        if (list.Value is { Length: > 0 } text)
            Mistake(key, text, "a list of settings");
        foreach (IConfigurationSection child in list.GetChildren().Where(child => child.Value is { Length: > 0 }))
            Mistake($"{key}:{child.Key}", child.Value, "an object of settings");
        return [.. list.GetChildren().Select(child => new SettingsSection(child, mistakes))];
    }

    /// <summary>A part of this one; empty when it is missing.</summary>
    public SettingsSection Part(string key) => new(configuration.GetSection(key), mistakes);

    /// <summary>Notes every key that has no meaning here: a setting that is misspelt must not be taken for its default.</summary>
    public void AllowOnly(params IReadOnlyCollection<string> keys)
    {
        foreach (
            IConfigurationSection? child in configuration
                .GetChildren()
                .Where(child => !keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        )
            Mistake(child.Key, child.Value, $"a setting of this; there are {string.Join(", ", keys)}");
    }

    /// <summary>Notes what is wrong; of one place that only which was noted first.</summary>
    public void Mistake(string key, string? value, string allowed)
    {
        string place = $"{_prefix}{key}: ";
        if (!mistakes.Any(mistake => mistake.StartsWith(place, StringComparison.Ordinal)))
            mistakes.Add($"{place}'{value}' is not {allowed}");
    }

    public void Mistake(string sentence) => mistakes.Add(sentence);

    private static JsonNode? Json(IConfigurationSection section)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0)
            return bool.TryParse(section.Value, out bool flag) ? JsonValue.Create(flag) : section.Value;
        return children.All(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? new JsonArray([.. children.Select(Json)])
            : new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, Json(child))));
    }
}
