namespace OmniIoT.Api.Imports;

/// <summary>A line that was found right, and what storing it takes.</summary>
/// <param name="Id">What the line is known by in the answer.</param>
/// <param name="IsNew">Whether it will be created; else it replaces what there is.</param>
/// <param name="StoreAsync">Stores it; the secret of a new device, else null.</param>
internal sealed record ImportStep(string Id, bool IsNew, Func<Task<string?>> StoreAsync);
