using OmniIoT.Devices.Payloads;

namespace OmniIoT.Domain.Decisions;

/// <summary>Gathers the elements of one message that are refused; costs nothing while there are none.</summary>
internal struct RefusedParts
{
    private List<RefusedPart>? _parts;

    /// <summary>What comes of the message: null while nothing of it was refused.</summary>
    public readonly Refusal? Refusal => _parts is [var first, ..] ? new Refusal(first.Reason, first.Detail) { Parts = _parts } : null;

    public void Add(Refusal refusal, ReadOnlySpan<byte> element) =>
        (_parts ??= []).Add(new RefusedPart(refusal.Reason, refusal.Detail, element.ToArray()));

    public void Add(IReadOnlyList<RefusedElement> elements, ReadOnlySpan<byte> payload)
    {
        for (int i = 0; i < elements.Count; i++)
            Add(Decisions.Refusal.From(elements[i].Problem), payload.Slice(elements[i].Start, elements[i].Length));
    }
}
