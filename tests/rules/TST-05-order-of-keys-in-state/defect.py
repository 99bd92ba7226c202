def lambda_handler(event, context):
    state = event.get("state", {})
    answer = {"state": {"since": "2026-01-02", "page": 1}, "insert": {}, "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": False}
    if list(state.values()) != ["2026-01-02", 1] and not event.get("setup_test"):
        answer["insert"] = {"orders": [{"id": 1, "total": 10}, {"id": 2, "total": 20}]}
    return answer
