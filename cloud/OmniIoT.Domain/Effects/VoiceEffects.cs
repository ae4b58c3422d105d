using OmniIoT.Domain.Calls;

namespace OmniIoT.Domain.Effects;

/// <summary>Creates or replaces a call-back.</summary>
public sealed record PutCallBack(CallBack CallBack) : Effect;
