namespace OmniIoT.Domain.Calls;

/// <summary>Where a call is.</summary>
/// <param name="Node">The node that waits for the caller, or where the call ended.</param>
/// <param name="Tries">How often the caller was asked there without an answer.</param>
public sealed record CallPosition(string Node, int Tries = 0);

/// <summary>What one turn of a call brought.</summary>
/// <param name="At">Where the call is now.</param>
/// <param name="Acts">What is heard and done, in order; the last one waits or ends the call.</param>
/// <param name="Path">The nodes that it went through.</param>
public sealed record CallStep(CallPosition At, IReadOnlyList<CallAct> Acts, IReadOnlyList<string> Path)
{
    /// <summary>Whether nothing more comes.</summary>
    public bool Ends => Acts is [.., { Kind: CallActKind.Hangup }];
}

/// <summary>What the caller did: keys, words, or a recording; all null: they were silent.</summary>
public sealed record CallInput(string? Digits, string? Speech)
{
    public static CallInput Silence { get; } = new(null, null);

    /// <summary>Keys where all of it are, silence where it is empty, else words.</summary>
    public static CallInput Of(string typed) =>
        typed.Length == 0 ? Silence
        : typed.All(static c => char.IsAsciiDigit(c) || c is '*' or '#') ? new CallInput(typed, null)
        : new CallInput(null, typed);
}
