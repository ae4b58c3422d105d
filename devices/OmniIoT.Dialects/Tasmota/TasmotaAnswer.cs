using System.Text.Json;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Tasmota;

/// <summary>
/// Tasmota answers by saying what is so now, under the name of the command, and does not say what it answers to: <c>Power1</c> is
/// answered with <c>{"POWER":"ON"}</c> by a device with one relay, <c>Status 5</c> with <c>{"StatusNET":{…}}</c>.
/// </summary>
internal static class TasmotaAnswer
{
    private const string Status = "Status";

    /// <summary>Null: it does not answer this command.</summary>
    public static CommandResult? Judge(OpenCommand command, JsonElement body)
    {
        if (body.Text("Command") is { } refusal)
            return new CommandResult(body.ToNode(), $"The device answers '{refusal}'.");
        bool isAnswer = body.EnumerateObject().Any(member => Names(member.Name, command.Name));
        return isAnswer ? new CommandResult(body.ToNode()) : null;
    }

    private static bool Names(string member, string command)
    {
        if (command.StartsWith(Status, StringComparison.OrdinalIgnoreCase))
            return member.StartsWith(Status, StringComparison.OrdinalIgnoreCase);
        if (member.Equals(command, StringComparison.OrdinalIgnoreCase))
            return true;
        (string name, int number) = Split(member);
        (string wanted, int wantedNumber) = Split(command);
        return name.Equals(wanted, StringComparison.OrdinalIgnoreCase) && number == wantedNumber;
    }

    // Without a number the first is meant.
    private static (string Name, int Number) Split(string name)
    {
        string letters = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (letters, int.TryParse(name[letters.Length..], out int number) ? number : 1);
    }
}
