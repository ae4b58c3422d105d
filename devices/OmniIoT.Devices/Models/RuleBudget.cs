namespace OmniIoT.Devices.Models;

/// <summary>
/// What the rules of a model may cost: each message of each of its devices passes through all of them. A model is held to it where a
/// person stores it; one that is stored already is run as it is.
/// </summary>
/// <param name="Windows">
/// Different windows over metrics and events. A reading costs some 50 ns in each of its metric's, and each takes up to 600 bytes of a
/// device's snapshot.
/// </param>
/// <param name="Terms">Names, numbers, operators and functions. Each costs some nanoseconds a message.</param>
public sealed record RuleBudget(int Windows, int Terms)
{
    /// <summary>
    /// Twenty times what the largest models need that are known. With all of it a message costs about 20 µs: it takes one device
    /// 50,000 messages a second to keep a core busy.
    /// </summary>
    public static readonly RuleBudget Default = new(Windows: 200, Terms: 4000);
}
