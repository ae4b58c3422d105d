using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Tests.Makers;

/// <summary>What makers' messages mean, in short.</summary>
internal static class Meanings
{
    public static bool Speaks(this MakerDevice device, string topic) => device.Speaks(Encoding.UTF8.GetBytes(topic));

    public static Meaning Read(this MakerDevice device, string topic, string payload) =>
        device.Read(topic, Encoding.UTF8.GetBytes(payload));

    /// <summary>Its messages as <c>topic payload</c>, with the device behind it before a colon.</summary>
    public static string[] Said(this Meaning meaning) =>
        [
            .. meaning.Messages.Select(message =>
                $"{(message.Child is null ? "" : message.Child + ": ")}{message.Below} {Encoding.UTF8.GetString(message.Payload)}"
            ),
        ];

    /// <summary>What becomes of an open command; null: it stays open.</summary>
    public static string? AnswerTo(this Meaning meaning, OpenCommand command) =>
        meaning.MayAnswer.Select(answer => answer.Judge(command)).FirstOrDefault(result => result is not null) is { } result
            ? Encoding.UTF8.GetString(result.ToResponse())
            : null;

    public static OpenCommand Command(string name, string arguments = "{}") =>
        new("c1", name, JsonNode.Parse(arguments)!.AsObject(), Instant.MaxValue);

    public static (string Topic, string Payload) InWords(this Said? said) =>
        said is null ? default : (said.Topic, Encoding.UTF8.GetString(said.Payload));
}
